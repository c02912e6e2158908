"use client";

import { getFormProps, getInputProps, useForm } from "@conform-to/react";
import type { FormMetadata } from "@conform-to/react";
import { useLocale, useTranslations } from "next-intl";
import { useActionState } from "react";
import { getAreaProps, getFieldProps, submitTo, useErrorFocus } from "@/app/_components/server-form";
import { formatRupiah } from "@/lib/payment/format-rupiah";
import { Field, TextArea } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { PendingButton } from "@/components/ui/pending-button";
import { ProblemText } from "@/components/ui/problem-text";
import type { Asking, Asks, LinkPrice } from "@/lib/payment/payment-link";
import { orderFromLink } from "../actions";
import type { FormProblem } from "../actions";
import type { LinkFields, Problem } from "../schema";

type Props = {
  slug: string;
  /** For this rendering of the form. */
  formKey: string;
  price: LinkPrice;
  asks: Asks;
  /** The ways to pay, in a sentence. */
  ways: string;
};

/** Works without JavaScript; with it, the form stays in place and the first wrong field gets the focus. */
export function LinkForm({ slug, formKey, price, asks, ways }: Props) {
  const [t, locale] = [useTranslations("link"), useLocale()];
  const [state, action] = useActionState(orderFromLink, {});
  const [form, fields] = useForm<LinkFields>({
    lastResult: state.result,
    defaultValue: { key: formKey },
    onSubmit: submitTo(action),
  });
  useErrorFocus(form, state.result);
  const bounds = {
    min: formatRupiah(price.minAmount ?? 0, locale),
    max: formatRupiah(price.maxAmount ?? 0, locale),
  };
  return (
    // No validation by the browser: its messages may be in another language than the page.
    <form {...getFormProps(form, { ariaAttributes: false })} action={action} className="mt-6 space-y-5">
      <input {...getInputProps(fields.key, { type: "hidden" })} />
      <input type="hidden" name="slug" value={slug} />
      {form.errors && (
        <div tabIndex={-1} data-notice className="rounded-xl">
          <Notice role="alert" tone={state.isTemporary ? "waiting" : "attention"}>
            {t(form.errors[0] as FormProblem)}
          </Notice>
        </div>
      )}
      <ProblemText value={(problem) => t(`errors.${problem as Problem}`, bounds)}>
        {price.amount === null && (
          <Field
            {...getFieldProps(fields.amount)}
            inputMode="numeric"
            label={t("amount")}
            hint={t("amountHint", bounds)}
            autoComplete="off"
            required
          />
        )}
        <BuyerFields fields={fields} asks={asks} />
      </ProblemText>
      <div>
        <PendingButton look="primary" pending={t("pending")} className="min-h-14 w-full sm:text-lg">
          <span>{t("submit")}</span>
          {price.amount !== null && <span className="digits">· {formatRupiah(price.amount, locale)}</span>}
        </PendingButton>
        <p className="mt-2 text-center text-sm text-balance text-muted">
          {ways} {t("noCharge")}
        </p>
      </div>
    </form>
  );
}

type FieldsProps = { fields: ReturnType<FormMetadata<LinkFields>["getFieldset"]>; asks: Asks };

/** The name, and what the link asks for besides. */
function BuyerFields({ fields, asks }: FieldsProps) {
  const t = useTranslations("link");
  const noteIf = (asking: Asking) => (asking === "optional" ? t("optional") : undefined);
  return (
    <>
      <Field
        {...getFieldProps(fields.name)}
        label={t("name")}
        autoComplete="name"
        autoCapitalize="words"
        required
      />
      {asks.phone !== "no" && (
        <Field
          {...getFieldProps(fields.phone, "tel")}
          inputMode="tel"
          label={t("phone")}
          note={noteIf(asks.phone)}
          hint={t("phoneHint")}
          autoComplete="tel"
          required={asks.phone === "required"}
        />
      )}
      {asks.address !== "no" && <PlaceFields fields={fields} note={noteIf(asks.address)} />}
      {asks.note !== "no" && (
        <TextArea
          {...getAreaProps(fields.note)}
          label={t("note")}
          note={noteIf(asks.note)}
          autoComplete="off"
          required={asks.note === "required"}
        />
      )}
    </>
  );
}

function PlaceFields({ fields, note }: Pick<FieldsProps, "fields"> & { note: string | undefined }) {
  const t = useTranslations("link");
  return (
    <fieldset className="space-y-4">
      <legend className="mb-3 font-bold">
        {t("delivery")} {note && <span className="text-sm font-normal text-muted">{note}</span>}
      </legend>
      <Field
        {...getFieldProps(fields.address)}
        label={t("address")}
        hint={t("addressHint")}
        autoComplete="shipping street-address"
      />
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-[minmax(0,1fr)_9rem]">
        <Field {...getFieldProps(fields.city)} label={t("city")} autoComplete="shipping address-level2" />
        <Field
          {...getFieldProps(fields.postalCode)}
          label={t("postalCode")}
          inputMode="numeric"
          maxLength={5}
          autoComplete="shipping postal-code"
        />
      </div>
    </fieldset>
  );
}
