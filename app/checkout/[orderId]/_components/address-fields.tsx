import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import type { FieldsProps } from "./checkout-form";

/** Only for a way to pay that asks for addresses; shown by the style sheet when one is chosen. */
export function AddressFields({ ships, ...fields }: FieldsProps & { ships: boolean }) {
  const t = useTranslations("checkout");
  return (
    <div className="hidden space-y-8 when-addresses:block">
      <fieldset className="space-y-4">
        <legend className="mb-4 text-lg font-bold">{t("billing")}</legend>
        <Place {...fields} names={billing} section="billing" />
      </fieldset>
      {ships && (
        <fieldset className="space-y-4">
          <legend className="mb-2 text-lg font-bold">{t("shipping")}</legend>
          <label className="flex min-h-11 items-center gap-3">
            <input
              type="checkbox"
              name="sameAddress"
              defaultChecked={fields.values.sameAddress === "on"}
              className="size-5 shrink-0 accent-primary"
            />
            {t("sameAddress")}
          </label>
          <div className="hidden space-y-4 when-elsewhere:block">
            <Place {...fields} names={shipping} section="shipping" />
          </div>
        </fieldset>
      )}
    </div>
  );
}

const billing = { address: "address", city: "city", postalCode: "postalCode" } as const;
const shipping = { address: "shipAddress", city: "shipCity", postalCode: "shipPostalCode" } as const;

type PlaceProps = FieldsProps & { names: typeof billing | typeof shipping; section: "billing" | "shipping" };

function Place({ values, errors, names, section }: PlaceProps) {
  const t = useTranslations("checkout");
  return (
    <>
      <Field
        name={names.address}
        label={t("address")}
        hint={t("addressHint")}
        defaultValue={values[names.address]}
        error={errors[names.address]}
        autoComplete={`${section} street-address`}
      />
      <div className="grid gap-4 sm:grid-cols-[1fr_9rem]">
        <Field
          name={names.city}
          label={t("city")}
          defaultValue={values[names.city]}
          error={errors[names.city]}
          autoComplete={`${section} address-level2`}
        />
        <Field
          name={names.postalCode}
          label={t("postalCode")}
          inputMode="numeric"
          maxLength={5}
          defaultValue={values[names.postalCode]}
          error={errors[names.postalCode]}
          autoComplete={`${section} postal-code`}
        />
      </div>
    </>
  );
}
