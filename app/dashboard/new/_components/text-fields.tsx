import { Field } from "@/components/ui/field";
import { footerFields, policyFields } from "./field-names";
import type { FieldsProps } from "./make-form";

/** A line is shown while the place that is chosen prints it. */
const whenPrinted = {
  footer1: "hidden when-footer1:block",
  footer2: "hidden when-footer2:block",
  footer3: "hidden when-footer3:block",
} as const;

/** What the till shows and prints beside the bill. Each may stay empty. */
export const TextFields = ({ values, errors, labels }: FieldsProps) => (
  <fieldset className="space-y-4">
    <legend className="mb-1 text-lg font-bold">{labels.texts}</legend>
    <p className="text-sm text-muted">{labels.textsHint}</p>
    <Field
      name="info"
      label={labels.info}
      hint={labels.infoHint}
      autoComplete="off"
      defaultValue={values.info}
      error={errors.info}
    />
    <Field
      name="receiptDescription"
      label={labels.receiptDescription}
      hint={labels.receiptDescriptionHint}
      autoComplete="off"
      defaultValue={values.receiptDescription}
      error={errors.receiptDescription}
      className="hidden when-described:block"
    />
    {footerFields.map((name) => (
      <Field
        key={name}
        name={name}
        label={labels[name]}
        autoComplete="off"
        defaultValue={values[name]}
        error={errors[name]}
        {...(name === "footer1" && { hint: labels.footerHint })}
        className={whenPrinted[name]}
      />
    ))}
  </fieldset>
);

/** The policy that the bill is for: all of it, or nothing. */
export const PolicyFields = ({ values, errors, labels }: FieldsProps) => (
  <div className="space-y-4">
    <p className="text-sm text-muted">{labels.policyHint}</p>
    <div className="grid gap-4 sm:grid-cols-2">
      {policyFields.map((name) => (
        <Field
          key={name}
          name={name}
          label={labels[name]}
          autoComplete="off"
          defaultValue={values[name]}
          error={errors[name]}
          {...(name === "billDueDate" && { hint: labels.billDueDateHint })}
        />
      ))}
    </div>
  </div>
);
