import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { SelectField } from "@/components/ui/select-field";
import { Wrong } from "./choice-fields";
import type { FieldsProps } from "./make-form";

/** What is to be paid, by which digits, and for how long. */
export function BillFields({ values, errors, choice }: FieldsProps) {
  const t = useTranslations("dashboard.make");
  return (
    <fieldset className="space-y-4">
      <legend className="mb-3 text-lg font-bold">{t("bill")}</legend>
      <Field
        name="amount"
        label={t("amount")}
        hint={t("amountHint")}
        inputMode="numeric"
        autoComplete="off"
        required
        defaultValue={values.amount}
        error={errors.amount}
      />
      <Field
        name="description"
        label={t("description")}
        hint={t("descriptionHint")}
        autoComplete="off"
        required
        defaultValue={values.description}
        error={errors.description}
      />
      <Field
        name="code"
        label={t("code")}
        note={t("optional")}
        hint={choice.codeHint}
        inputMode="numeric"
        autoComplete="off"
        defaultValue={values.code}
        error={errors.code}
        className="hidden when-own-code:block"
      />
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] gap-3">
        <Field
          name="lasts"
          label={t("lasts")}
          inputMode="numeric"
          autoComplete="off"
          required
          defaultValue={values.lasts}
          error={errors.lasts}
        />
        <SelectField
          name="lastsUnit"
          label={t("lastsUnit")}
          defaultValue={values.lastsUnit}
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
            name="reusable"
            defaultChecked={values.reusable === "on"}
            aria-describedby="reusable-hint"
            className="mt-0.5 size-5 shrink-0 accent-primary"
          />
          <span className="font-semibold">{t("reusable")}</span>
        </label>
        <p id="reusable-hint" className="ml-8 text-sm text-muted">
          {t("reusableHint")}
        </p>
        <Wrong id="reusable-error">{errors.reusable}</Wrong>
      </div>
    </fieldset>
  );
}

/** Who pays. */
export function CustomerFields({ values, errors }: FieldsProps) {
  const t = useTranslations("dashboard.make");
  return (
    <fieldset className="space-y-4">
      <legend className="mb-3 text-lg font-bold">{t("customer")}</legend>
      <Field
        name="name"
        label={t("name")}
        hint={t("nameHint")}
        autoComplete="off"
        autoCapitalize="words"
        required
        defaultValue={values.name}
        error={errors.name}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          name="email"
          type="email"
          inputMode="email"
          label={t("email")}
          note={t("optional")}
          autoComplete="off"
          defaultValue={values.email}
          error={errors.email}
        />
        <Field
          name="phone"
          type="tel"
          inputMode="tel"
          label={t("phone")}
          note={t("optional")}
          hint={t("phoneHint")}
          autoComplete="off"
          defaultValue={values.phone}
          error={errors.phone}
        />
      </div>
    </fieldset>
  );
}
