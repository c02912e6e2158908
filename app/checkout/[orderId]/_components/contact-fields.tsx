import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import type { FieldsProps } from "./checkout-form";
import { WordsOfPages } from "./method-cards";
import type { MethodCard } from "./method-cards";

/** Who pays. A counter needs a name; a lender everything. */
export function ContactFields({ values, errors, methods }: FieldsProps & { methods: readonly MethodCard[] }) {
  const t = useTranslations("checkout");
  return (
    <fieldset className="space-y-4">
      <legend className="text-lg font-bold">{t("contact")}</legend>
      <p className="-mt-3 text-sm text-muted">
        <span className="when-page:hidden">{t("contactCode")}</span>
        <WordsOfPages methods={methods}>{(channel) => t("contactPage", { channel })}</WordsOfPages>
      </p>
      <Field
        name="name"
        label={t("name")}
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
        label={t("phone")}
        note={t("optional")}
        noteClassName="when-addresses:hidden"
        hint={t("phoneHint")}
        defaultValue={values.phone}
        error={errors.phone}
        autoComplete="tel"
      />
      <Field
        name="email"
        type="email"
        inputMode="email"
        label={t("email")}
        note={t("optional")}
        noteClassName="when-addresses:hidden"
        defaultValue={values.email}
        error={errors.email}
        autoComplete="email"
      />
    </fieldset>
  );
}
