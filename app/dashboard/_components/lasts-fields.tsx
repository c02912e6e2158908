import type { FieldMetadata } from "@conform-to/react";
import { useTranslations } from "next-intl";
import { getFieldProps } from "@/app/_components/server-form";
import { Field } from "@/components/ui/field";
import { SelectField } from "@/components/ui/select-field";

type Name = "lasts" | "lastsUnit";
type Props = {
  fields: Record<Name, FieldMetadata<string | undefined>>;
  labels: Record<Name, string>;
  values: { [Each in Name]?: string | undefined } | undefined;
};

/** How long a code lasts: a whole number and its unit. */
export function LastsFields({ fields, labels, values }: Props) {
  const t = useTranslations("dashboard.make.units");
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] gap-3">
      <Field
        {...getFieldProps(fields.lasts)}
        defaultValue={values?.lasts}
        label={labels.lasts}
        inputMode="numeric"
        autoComplete="off"
        required
      />
      <SelectField
        name={fields.lastsUnit.name}
        label={labels.lastsUnit}
        defaultValue={values?.lastsUnit}
        options={(["minutes", "hours", "days"] as const).map((unit) => ({ value: unit, label: t(unit) }))}
      />
    </div>
  );
}
