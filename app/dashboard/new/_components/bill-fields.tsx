import { useTranslations } from "next-intl";
import { LastsFields } from "@/app/dashboard/_components/lasts-fields";
import { ReusableField } from "@/app/dashboard/_components/reusable-field";
import { getFieldProps } from "@/app/_components/server-form";
import { Field } from "@/components/ui/field";
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
      <LastsFields
        fields={fields}
        labels={{ lasts: t("lasts"), lastsUnit: t("lastsUnit") }}
        values={{ lasts: fields.lasts.initialValue, lastsUnit: fields.lastsUnit.initialValue }}
      />
      <div className="when-inquired:hidden">
        <ReusableField
          name={fields.reusable.name}
          isOn={fields.reusable.initialValue === "on"}
          label={t("reusable")}
          hint={t("reusableHint")}
          error={fields.reusable.errors?.[0]}
        />
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
