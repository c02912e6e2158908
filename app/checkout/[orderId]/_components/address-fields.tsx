import { getInputProps } from "@conform-to/react";
import { useTranslations } from "next-intl";
import { getFieldProps } from "@/app/_components/server-form";
import { Field } from "@/components/ui/field";
import type { GivenPart } from "@/lib/operations/checkout/given-details";
import type { CheckoutFieldset } from "./checkout-fieldset";

type Props = {
  fields: CheckoutFieldset;
  ships: boolean;
  /** Not asked for. */
  given: readonly GivenPart[] | undefined;
};

/** The style sheet shows them when the chosen method asks for addresses. */
export function AddressFields({ fields, ships, given }: Props) {
  const t = useTranslations("checkout");
  const asksFor = (part: GivenPart) => given?.includes(part) !== true;
  const asks = { billing: asksFor("billing"), shipping: ships && asksFor("shipping") };
  if (!asks.billing && !asks.shipping) return null;
  return (
    <div className="hidden space-y-8 when-addresses:block">
      {asks.billing && (
        <fieldset className="space-y-4">
          <legend className="mb-4 text-lg font-bold">{t("billing")}</legend>
          <Place
            address={fields.address}
            city={fields.city}
            postalCode={fields.postalCode}
            section="billing"
          />
        </fieldset>
      )}
      {asks.shipping && (
        <fieldset className="space-y-4">
          <legend className="mb-2 text-lg font-bold">{t("shipping")}</legend>
          <label className="flex min-h-11 items-center gap-3">
            <input
              {...getInputProps(fields.sameAddress, { type: "checkbox" })}
              className="size-5 shrink-0 accent-primary"
            />
            {t("sameAddress")}
          </label>
          <div className="hidden space-y-4 when-elsewhere:block">
            <Place
              address={fields.shipAddress}
              city={fields.shipCity}
              postalCode={fields.shipPostalCode}
              section="shipping"
            />
          </div>
        </fieldset>
      )}
    </div>
  );
}

type PlaceProps = Pick<CheckoutFieldset, "address" | "city" | "postalCode"> & {
  section: "billing" | "shipping";
};

function Place({ address, city, postalCode, section }: PlaceProps) {
  const t = useTranslations("checkout");
  return (
    <>
      <Field
        {...getFieldProps(address)}
        label={t("address")}
        hint={t("addressHint")}
        autoComplete={`${section} street-address`}
      />
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-[minmax(0,1fr)_9rem]">
        <Field {...getFieldProps(city)} label={t("city")} autoComplete={`${section} address-level2`} />
        <Field
          {...getFieldProps(postalCode)}
          label={t("postalCode")}
          inputMode="numeric"
          maxLength={5}
          autoComplete={`${section} postal-code`}
        />
      </div>
    </>
  );
}
