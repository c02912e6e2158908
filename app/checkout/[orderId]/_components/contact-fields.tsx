import { useTranslations } from "next-intl";
import { getFieldProps } from "@/app/_components/server-form";
import { Field } from "@/components/ui/field";
import type { CheckoutFieldset } from "./checkout-fieldset";
import type { MethodCard } from "./method-card";
import { PageTexts } from "./page-texts";

type Props = { fields: CheckoutFieldset; methods: readonly MethodCard[] };

/** Who pays. A store needs only the name, a lender all fields. */
export function ContactFields({ fields, methods }: Props) {
  const t = useTranslations("checkout");
  return (
    <fieldset className="space-y-4">
      <legend className="text-lg font-bold">{t("contact")}</legend>
      <p className="-mt-3 text-sm text-muted">
        <span className="when-page:hidden">{t("contactCode")}</span>
        <PageTexts methods={methods}>{(channel) => t("contactPage", { channel })}</PageTexts>
      </p>
      <Field
        {...getFieldProps(fields.name)}
        label={t("name")}
        autoComplete="name"
        autoCapitalize="words"
        required
      />
      <Field
        {...getFieldProps(fields.phone, "tel")}
        inputMode="tel"
        label={t("phone")}
        note={t("optional")}
        noteClassName="when-addresses:hidden"
        hint={t("phoneHint")}
        autoComplete="tel"
      />
      <Field
        {...getFieldProps(fields.email, "email")}
        inputMode="email"
        label={t("email")}
        note={t("optional")}
        noteClassName="when-addresses:hidden"
        autoComplete="email"
      />
    </fieldset>
  );
}
