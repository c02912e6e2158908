"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { FieldError } from "@/app/dashboard/_components/field-error";
import { getFieldProps } from "@/app/_components/server-form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { SelectField } from "@/components/ui/select-field";
import { getShareFields, shareLines } from "./field-names";
import type { ShareLine } from "./field-names";
import type { FieldsProps } from "./new-code-fieldset";

/** How many lines there are without asking for more. */
const initialLines = 3;

/** `lastSent`: the last line that was filled in when the form was sent. */
type Props = FieldsProps & { lastSent: number };

/** How DOKU shares the money out, an account a line. Without JavaScript there are a few empty lines. */
export function ShareFields({ fields, lastSent }: Props) {
  const t = useTranslations("dashboard.make");
  const [asked, setAsked] = useState(initialLines);
  const count = Math.min(shareLines.length, Math.max(asked, lastSent + 1));
  const error = fields.shares.errors?.[0];
  return (
    <fieldset aria-describedby={error && "shares-error"} className="space-y-4">
      <legend className="sr-only">{t("shares")}</legend>
      <p className="text-sm text-muted">{t("sharesHint")}</p>
      <FieldError id="shares-error">{error}</FieldError>
      {shareLines.slice(0, count).map((line) => (
        <ShareLineFields key={line} line={line} fields={fields} />
      ))}
      {count < shareLines.length && (
        <Button look="secondary" onClick={() => setAsked(count + 1)} className="noscript:hidden">
          {t("shareMore")}
        </Button>
      )}
    </fieldset>
  );
}

type LineProps = Pick<FieldsProps, "fields"> & { line: ShareLine };

function ShareLineFields({ line, fields }: LineProps) {
  const t = useTranslations("dashboard.make");
  const { account, type, value } = getShareFields(line);
  // The error belongs to all lines: their values are marked, so that the focus goes to the first of them.
  const isSumWrong = fields.shares.errors !== undefined && fields[value].value !== undefined;
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-[minmax(0,1fr)_8rem_8rem]">
      <Field
        {...getFieldProps(fields[account])}
        label={t("shareAccount", { line })}
        placeholder="SBA-0001-123123123"
        autoComplete="off"
        spellCheck={false}
        className="col-span-2 sm:col-span-1"
      />
      <Field
        {...getFieldProps(fields[value])}
        label={t("shareValue", { line })}
        inputMode="numeric"
        autoComplete="off"
        {...(isSumWrong && { "aria-invalid": true, "aria-describedby": "shares-error" })}
      />
      <SelectField
        name={type}
        label={t("shareType", { line })}
        defaultValue={fields[type].initialValue ?? "PERCENTAGE"}
        options={[
          { value: "PERCENTAGE", label: t("sharePercent") },
          { value: "FIX", label: t("shareRupiah") },
        ]}
      />
    </div>
  );
}
