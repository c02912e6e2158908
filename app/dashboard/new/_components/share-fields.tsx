"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { SelectField } from "@/components/ui/select-field";
import { Wrong } from "./choice-fields";
import { mostShares, shareFields, shareLines } from "./field-names";
import type { FieldsProps } from "./make-form";

/** How many lines there are without asking for more. */
const fewest = 3;

/** How DOKU shares the money out, an account a line. Without JavaScript there are a few empty lines. */
export function ShareFields({ values, errors }: FieldsProps) {
  const t = useTranslations("dashboard.make");
  const filled = shareLines.filter(
    (line) => values[shareFields(line).account] || values[shareFields(line).value],
  );
  const [asked, setAsked] = useState(fewest);
  const count = Math.min(mostShares, Math.max(asked, (filled.at(-1) ?? 0) + 1));
  return (
    <fieldset aria-describedby={errors.shares ? "shares-error" : undefined} className="space-y-4">
      <legend className="sr-only">{t("shares")}</legend>
      <p className="text-sm text-muted">{t("sharesHint")}</p>
      <Wrong id="shares-error">{errors.shares}</Wrong>
      {shareLines.slice(0, count).map((line) => (
        <ShareLine key={line} line={line} values={values} errors={errors} />
      ))}
      {count < mostShares && (
        <Button look="secondary" onClick={() => setAsked(count + 1)} className="noscript:hidden">
          {t("shareMore")}
        </Button>
      )}
    </fieldset>
  );
}

type LineProps = Pick<FieldsProps, "values" | "errors"> & { line: number };

function ShareLine({ line, values, errors }: LineProps) {
  const t = useTranslations("dashboard.make");
  const { account, type, value } = shareFields(line);
  // All lines together are wrong: their sums are, so that the person is led to the first of them.
  const isSumWrong = errors.shares !== undefined && Boolean(values[value]);
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-[minmax(0,1fr)_8rem_8rem]">
      <Field
        name={account}
        label={t("shareAccount", { line })}
        placeholder="SBA-0001-123123123"
        autoComplete="off"
        spellCheck={false}
        defaultValue={values[account]}
        error={errors[account]}
        className="col-span-2 sm:col-span-1"
      />
      <Field
        name={value}
        label={t("shareValue", { line })}
        inputMode="numeric"
        autoComplete="off"
        defaultValue={values[value]}
        error={errors[value]}
        {...(isSumWrong && { "aria-invalid": true, "aria-describedby": "shares-error" })}
      />
      <SelectField
        name={type}
        label={t("shareType", { line })}
        defaultValue={values[type] ?? "PERCENTAGE"}
        options={[
          { value: "PERCENTAGE", label: t("sharePercent") },
          { value: "FIX", label: t("shareRupiah") },
        ]}
      />
    </div>
  );
}
