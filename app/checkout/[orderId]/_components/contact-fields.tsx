import { useTranslations } from "next-intl";
import { getFieldProps } from "@/app/_components/server-form";
import { Field } from "@/components/ui/field";
import type { GivenPart } from "@/lib/operations/checkout/given-details";
import type { CheckoutFieldset } from "./checkout-fieldset";
import type { MethodCard } from "./method-card";
import { PageTexts } from "./page-texts";

type Props = {
  fields: CheckoutFieldset;
  methods: readonly MethodCard[];
  /** Not asked for. */
  given: readonly GivenPart[] | undefined;
};

/** Who pays. A store needs only the name, a lender all fields. */
export function ContactFields({ fields, methods, given }: Props) {
  const t = useTranslations("checkout");
  const asksFor = (part: GivenPart) => given?.includes(part) !== true;
  const asks = { name: asksFor("name"), phone: asksFor("phone"), email: asksFor("email") };
  if (!asks.name && !asks.phone && !asks.email) return null;
  return (
    // Beside a name that is known, only a lender asks for the rest.
    <fieldset className={asks.name ? "space-y-4" : "hidden space-y-4 when-addresses:block"}>
      <legend className="text-lg font-bold">{t("contact")}</legend>
      <p className="-mt-3 text-sm text-muted">
        <span className="when-page:hidden">{t("contactCode")}</span>
        <PageTexts methods={methods}>{(channel) => t("contactPage", { channel })}</PageTexts>
      </p>
      {asks.name && (
        <Field
          {...getFieldProps(fields.name)}
          label={t("name")}
          autoComplete="name"
          autoCapitalize="words"
          required
        />
      )}
      {asks.phone && (
        <Field
          {...getFieldProps(fields.phone, "tel")}
          inputMode="tel"
          label={t("phone")}
          note={t("optional")}
          noteClassName="when-addresses:hidden"
          hint={t("phoneHint")}
          autoComplete="tel"
        />
      )}
      {asks.email && (
        <Field
          {...getFieldProps(fields.email, "email")}
          inputMode="email"
          label={t("email")}
          note={t("optional")}
          noteClassName="when-addresses:hidden"
          autoComplete="email"
        />
      )}
    </fieldset>
  );
}
