import { Field } from "@/components/ui/field";
import { policyFields } from "./field-names";
import type { FieldsProps } from "./make-form";

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
    {(["footer1", "footer2", "footer3"] as const).map((name) => (
      <Field
        key={name}
        name={name}
        label={labels[name]}
        autoComplete="off"
        defaultValue={values[name]}
        error={errors[name]}
        {...(name === "footer3" && { hint: labels.footerHint })}
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
