import { useTranslations } from "next-intl";
import { getAreaProps, getFieldProps } from "@/app/_components/server-form";
import { FieldError } from "@/app/dashboard/_components/field-error";
import { ChoiceCard } from "@/components/ui/choice-card";
import { Field, TextArea } from "@/components/ui/field";
import { linkTextLimits } from "@/lib/payment/payment-link";
import { stockKinds } from "../schema";
import type { LinkFieldset } from "./link-fieldset";

/** What the page says of itself. */
export function TextFields({ fields }: { fields: Pick<LinkFieldset, "title" | "description"> }) {
  const t = useTranslations("dashboard.links.form");
  return (
    <div className="space-y-5">
      <Field
        {...getFieldProps(fields.title)}
        label={t("title")}
        hint={t("titleHint")}
        autoComplete="off"
        maxLength={linkTextLimits.title}
        required
      />
      <TextArea
        {...getAreaProps(fields.description)}
        label={t("description")}
        note={t("optional")}
        hint={t("descriptionHint")}
        maxLength={linkTextLimits.description}
      />
    </div>
  );
}

export function ThanksField({ fields }: { fields: Pick<LinkFieldset, "thanks"> }) {
  const t = useTranslations("dashboard.links.form");
  return (
    <TextArea
      {...getAreaProps(fields.thanks)}
      label={t("thanks")}
      note={t("optional")}
      hint={t("thanksHint")}
      maxLength={linkTextLimits.thanks}
    />
  );
}

/** How often it can be paid, and until when. The number shows with its choice, by style sheet alone. */
export function StockFields({ fields }: { fields: Pick<LinkFieldset, "stockKind" | "count" | "ends"> }) {
  const t = useTranslations("dashboard.links.form");
  const { stockKind } = fields;
  return (
    <div className="space-y-5">
      <fieldset aria-describedby={stockKind.errors && "stockKind-error"}>
        <legend className="mb-3 text-lg font-bold">{t("stock")}</legend>
        <div className="grid gap-3 sm:grid-cols-3">
          {stockKinds.map((kind) => (
            <ChoiceCard
              key={kind}
              id={`stock-${kind}`}
              name={stockKind.name}
              value={kind}
              label={t(`stockKinds.${kind}`)}
              defaultChecked={kind === stockKind.initialValue}
              data-wrong={stockKind.errors !== undefined}
            >
              <p>{t(`stockMore.${kind}`)}</p>
            </ChoiceCard>
          ))}
        </div>
        <FieldError id="stockKind-error">{stockKind.errors?.[0]}</FieldError>
      </fieldset>
      <Field
        {...getFieldProps(fields.count)}
        label={t("count")}
        inputMode="numeric"
        autoComplete="off"
        className="hidden max-w-48 group-has-[[name=stockKind][value=many]:checked]:block"
      />
      <Field
        {...getFieldProps(fields.ends)}
        type="date"
        label={t("ends")}
        note={t("optional")}
        hint={t("endsHint")}
        className="max-w-72"
      />
    </div>
  );
}
