import { Field } from "@/components/ui/field";
import type { FieldsProps } from "./checkout-form";

/** Only for a way to pay that asks for addresses; shown by the style sheet when one is chosen. */
export const AddressFields = ({ ships, ...fields }: FieldsProps & { ships: boolean }) => (
  <div className="hidden space-y-8 when-addresses:block">
    <fieldset className="space-y-4">
      <legend className="mb-4 text-lg font-bold">{fields.labels.billing}</legend>
      <Place {...fields} names={billing} section="billing" />
    </fieldset>
    {ships && (
      <fieldset className="space-y-4">
        <legend className="mb-2 text-lg font-bold">{fields.labels.shipping}</legend>
        <label className="flex min-h-11 items-center gap-3">
          <input
            type="checkbox"
            name="sameAddress"
            defaultChecked={fields.values.sameAddress === "on"}
            className="size-5 shrink-0 accent-primary"
          />
          {fields.labels.sameAddress}
        </label>
        <div className="hidden space-y-4 when-elsewhere:block">
          <Place {...fields} names={shipping} section="shipping" />
        </div>
      </fieldset>
    )}
  </div>
);

const billing = { address: "address", city: "city", postalCode: "postalCode" } as const;
const shipping = { address: "shipAddress", city: "shipCity", postalCode: "shipPostalCode" } as const;

type PlaceProps = FieldsProps & { names: typeof billing | typeof shipping; section: "billing" | "shipping" };

const Place = ({ values, errors, labels, names, section }: PlaceProps) => (
  <>
    <Field
      name={names.address}
      label={labels.address}
      hint={labels.addressHint}
      defaultValue={values[names.address]}
      error={errors[names.address]}
      autoComplete={`${section} street-address`}
    />
    <div className="grid gap-4 sm:grid-cols-[1fr_9rem]">
      <Field
        name={names.city}
        label={labels.city}
        defaultValue={values[names.city]}
        error={errors[names.city]}
        autoComplete={`${section} address-level2`}
      />
      <Field
        name={names.postalCode}
        label={labels.postalCode}
        inputMode="numeric"
        maxLength={5}
        defaultValue={values[names.postalCode]}
        error={errors[names.postalCode]}
        autoComplete={`${section} postal-code`}
      />
    </div>
  </>
);
