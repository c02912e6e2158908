import { useTranslations } from "next-intl";
import { getFieldProps } from "@/app/_components/server-form";
import { FieldError } from "@/app/dashboard/_components/field-error";
import { ChoiceCard } from "@/components/ui/choice-card";
import { Field } from "@/components/ui/field";
import { SelectField } from "@/components/ui/select-field";
import { askedDetails, askings } from "@/lib/payment/payment-link";
import { priceKinds } from "../schema";
import type { LinkFieldset } from "./link-fieldset";

type Props = { fields: LinkFieldset };

/** A fixed price, or what the buyer may choose between. The fields of the other choice are hidden by style sheet alone. */
export function PriceFields({ fields }: Props) {
  const t = useTranslations("dashboard.links.form");
  const { priceKind, amount, minAmount, maxAmount } = fields;
  const shared = { inputMode: "numeric", autoComplete: "off", placeholder: "150.000" } as const;
  return (
    <fieldset aria-describedby={priceKind.errors && "priceKind-error"}>
      <legend className="mb-3 text-lg font-bold">{t("price")}</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        {priceKinds.map((kind) => (
          <ChoiceCard
            key={kind}
            id={`price-${kind}`}
            name={priceKind.name}
            value={kind}
            label={t(kind)}
            defaultChecked={kind === priceKind.initialValue}
            data-wrong={priceKind.errors !== undefined}
          >
            {kind === "open" && <p>{t("openMore")}</p>}
          </ChoiceCard>
        ))}
      </div>
      <FieldError id="priceKind-error">{priceKind.errors?.[0]}</FieldError>
      <Field
        {...getFieldProps(amount)}
        {...shared}
        label={t("amount")}
        className="mt-5 hidden max-w-72 group-has-[[name=priceKind][value=fixed]:checked]:block"
      />
      <div className="mt-5 hidden gap-4 group-has-[[name=priceKind][value=open]:checked]:grid sm:grid-cols-2">
        <Field {...getFieldProps(minAmount)} {...shared} placeholder="20.000" label={t("min")} />
        <Field {...getFieldProps(maxAmount)} {...shared} placeholder="500.000" label={t("max")} />
      </div>
    </fieldset>
  );
}

/** What a buyer is asked besides the name. */
export function AskFields({ fields }: Props) {
  const t = useTranslations("dashboard.links.form");
  const wrong = askedDetails.find((name) => fields[name].errors);
  const options = askings.map((value) => ({ value, label: t(`askings.${value}`) }));
  return (
    <fieldset aria-describedby={wrong && "asks-error"}>
      <legend className="mb-1 text-lg font-bold">{t("asks")}</legend>
      <p className="mb-4 text-sm text-muted">{t("asksHint")}</p>
      <div className="grid gap-4 sm:grid-cols-3">
        {askedDetails.map((name) => (
          <SelectField
            key={name}
            name={name}
            label={t(name)}
            options={options}
            defaultValue={fields[name].initialValue}
          />
        ))}
      </div>
      <FieldError id="asks-error">{wrong && fields[wrong].errors?.[0]}</FieldError>
    </fieldset>
  );
}
