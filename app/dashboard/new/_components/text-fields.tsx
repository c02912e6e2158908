import { useTranslations } from "next-intl";
import { getFieldProps } from "@/app/_components/server-form";
import { Field } from "@/components/ui/field";
import { footerFields, policyFields } from "./field-names";
import type { FieldsProps } from "./new-code-fieldset";

/** A line is visible when the chosen channel prints it. */
const whenPrinted = {
  footer1: "hidden when-footer1:block",
  footer2: "hidden when-footer2:block",
  footer3: "hidden when-footer3:block",
} as const;

/** Texts for the till and the receipt, all optional. */
export function TextFields({ fields }: FieldsProps) {
  const t = useTranslations("dashboard.make");
  return (
    <fieldset className="space-y-4">
      <legend className="mb-1 text-lg font-bold">{t("texts")}</legend>
      <p className="text-sm text-muted">{t("textsHint")}</p>
      <Field {...getFieldProps(fields.info)} label={t("info")} hint={t("infoHint")} autoComplete="off" />
      <Field
        {...getFieldProps(fields.receiptDescription)}
        label={t("receiptDescription")}
        hint={t("receiptDescriptionHint")}
        autoComplete="off"
        className="hidden when-described:block"
      />
      {footerFields.map((name) => (
        <Field
          key={name}
          {...getFieldProps(fields[name])}
          label={t(name)}
          autoComplete="off"
          {...(name === "footer1" && { hint: t("footerHint") })}
          className={whenPrinted[name]}
        />
      ))}
    </fieldset>
  );
}

/** The insurance policy of the bill: all fields or none. */
export function PolicyFields({ fields }: FieldsProps) {
  const t = useTranslations("dashboard.make");
  return (
    <div className="space-y-4">
      <p className="text-sm text-muted">{t("policyHint")}</p>
      <div className="grid gap-4 sm:grid-cols-2">
        {policyFields.map((name) => (
          <Field
            key={name}
            {...getFieldProps(fields[name])}
            label={t(name)}
            autoComplete="off"
            {...(name === "billDueDate" && { hint: t("billDueDateHint") })}
          />
        ))}
      </div>
    </div>
  );
}
