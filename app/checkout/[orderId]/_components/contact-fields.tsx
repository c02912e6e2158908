import { Field } from "@/components/ui/field";
import type { FieldsProps } from "./checkout-form";

/** Who pays. A counter needs a name; Indodana everything. */
export const ContactFields = ({ values, errors, labels }: FieldsProps) => (
  <fieldset className="space-y-4">
    <legend className="text-lg font-bold">{labels.contact}</legend>
    <p className="-mt-3 text-sm text-muted">
      <span className="when-link:hidden">{labels.contactCode}</span>
      <span className="hidden when-link:inline">{labels.contactLink}</span>
    </p>
    <Field
      name="name"
      label={labels.name}
      defaultValue={values.name}
      error={errors.name}
      autoComplete="name"
      autoCapitalize="words"
      required
    />
    <Field
      name="phone"
      type="tel"
      inputMode="tel"
      label={labels.phone}
      note={labels.optional}
      noteClassName="when-addresses:hidden"
      hint={labels.phoneHint}
      defaultValue={values.phone}
      error={errors.phone}
      autoComplete="tel"
    />
    <Field
      name="email"
      type="email"
      inputMode="email"
      label={labels.email}
      note={labels.optional}
      noteClassName="when-addresses:hidden"
      defaultValue={values.email}
      error={errors.email}
      autoComplete="email"
    />
  </fieldset>
);
