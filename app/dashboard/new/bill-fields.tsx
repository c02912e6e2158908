import { Field } from "@/components/ui/field";
import { SelectField } from "@/components/ui/select-field";
import { Wrong } from "./choice-fields";
import type { FieldsProps } from "./make-form";

/** What is to be paid, by which digits, and for how long. */
export const BillFields = ({ values, errors, choice, labels }: FieldsProps) => (
  <fieldset className="space-y-4">
    <legend className="mb-3 text-lg font-bold">{labels.bill}</legend>
    <Field
      name="amount"
      label={labels.amount}
      hint={labels.amountHint}
      inputMode="numeric"
      autoComplete="off"
      required
      defaultValue={values.amount}
      error={errors.amount}
    />
    <Field
      name="description"
      label={labels.description}
      hint={labels.descriptionHint}
      autoComplete="off"
      required
      defaultValue={values.description}
      error={errors.description}
    />
    <Field
      name="code"
      label={labels.code}
      note={labels.optional}
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
        label={labels.lasts}
        inputMode="numeric"
        autoComplete="off"
        required
        defaultValue={values.lasts}
        error={errors.lasts}
      />
      <SelectField
        name="lastsUnit"
        label={labels.lastsUnit}
        defaultValue={values.lastsUnit}
        options={(["minutes", "hours", "days"] as const).map((unit) => ({
          value: unit,
          label: labels.units[unit],
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
        <span className="font-semibold">{labels.reusable}</span>
      </label>
      <p id="reusable-hint" className="ml-8 text-sm text-muted">
        {labels.reusableHint}
      </p>
      <Wrong id="reusable-error">{errors.reusable}</Wrong>
    </div>
  </fieldset>
);

/** Who pays. */
export const CustomerFields = ({ values, errors, labels }: FieldsProps) => (
  <fieldset className="space-y-4">
    <legend className="mb-3 text-lg font-bold">{labels.customer}</legend>
    <Field
      name="name"
      label={labels.name}
      hint={labels.nameHint}
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
        label={labels.email}
        note={labels.optional}
        autoComplete="off"
        defaultValue={values.email}
        error={errors.email}
      />
      <Field
        name="phone"
        type="tel"
        inputMode="tel"
        label={labels.phone}
        note={labels.optional}
        hint={labels.phoneHint}
        autoComplete="off"
        defaultValue={values.phone}
        error={errors.phone}
      />
    </div>
  </fieldset>
);
