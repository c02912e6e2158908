import { useTranslations } from "next-intl";
import { getFieldProps } from "@/app/_components/server-form";
import { Field } from "@/components/ui/field";
import { SelectField } from "@/components/ui/select-field";
import { FieldError } from "./field-error";
import type { FieldsProps } from "./new-code-fieldset";

/** What is to be paid, by which digits, and for how long. */
export function BillFields({ fields, choice }: FieldsProps) {
  const t = useTranslations("dashboard.make");
  return (
    <fieldset className="space-y-4">
      <legend className="mb-3 text-lg font-bold">{t("bill")}</legend>
      <Field
        {...getFieldProps(fields.amount)}
        label={t("amount")}
        hint={t("amountHint")}
        inputMode="numeric"
        autoComplete="off"
        required
      />
      <Field
        {...getFieldProps(fields.description)}
        label={t("description")}
        hint={t("descriptionHint")}
        autoComplete="off"
        required
      />
      <Field
        {...getFieldProps(fields.code)}
        label={t("code")}
        note={t("optional")}
        hint={choice.codeHint}
        inputMode="numeric"
        autoComplete="off"
        className="hidden when-own-code:block"
      />
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] gap-3">
        <Field
          {...getFieldProps(fields.lasts)}
          label={t("lasts")}
          inputMode="numeric"
          autoComplete="off"
          required
        />
        <SelectField
          name={fields.lastsUnit.name}
          label={t("lastsUnit")}
          defaultValue={fields.lastsUnit.initialValue}
          options={(["minutes", "hours", "days"] as const).map((unit) => ({
            value: unit,
            label: t(`units.${unit}`),
          }))}
        />
      </div>
      <div className="when-inquired:hidden">
        <label className="flex min-h-11 items-start gap-3 py-2">
          <input
            type="checkbox"
            name={fields.reusable.name}
            defaultChecked={fields.reusable.initialValue === "on"}
            aria-describedby="reusable-hint"
            className="mt-0.5 size-5 shrink-0 accent-primary"
          />
          <span className="font-semibold">{t("reusable")}</span>
        </label>
        <p id="reusable-hint" className="ml-8 text-sm text-muted">
          {t("reusableHint")}
        </p>
        <FieldError id="reusable-error">{fields.reusable.errors?.[0]}</FieldError>
      </div>
    </fieldset>
  );
}

/** Who pays. */
export function CustomerFields({ fields }: FieldsProps) {
  const t = useTranslations("dashboard.make");
  return (
    <fieldset className="space-y-4">
      <legend className="mb-3 text-lg font-bold">{t("customer")}</legend>
      <Field
        {...getFieldProps(fields.name)}
        label={t("name")}
        hint={t("nameHint")}
        autoComplete="off"
        autoCapitalize="words"
        required
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          {...getFieldProps(fields.email, "email")}
          inputMode="email"
          label={t("email")}
          note={t("optional")}
          autoComplete="off"
        />
        <Field
          {...getFieldProps(fields.phone, "tel")}
          inputMode="tel"
          label={t("phone")}
          note={t("optional")}
          hint={t("phoneHint")}
          autoComplete="off"
        />
      </div>
    </fieldset>
  );
}
