"use client";

import { useTranslations } from "next-intl";
import { useActionState, useEffect, useRef } from "react";
import { Notice } from "@/components/ui/notice";
import { pay, type CheckoutState, type FormValues } from "../actions";
import { AddressFields } from "./address-fields";
import { ContactFields } from "./contact-fields";
import { MethodCards, type MethodCard } from "./method-cards";
import { SubmitButton } from "./submit-button";

type Props = {
  orderId: string;
  amount: string;
  methods: MethodCard[];
  ships: boolean;
  contact: FormValues;
};

/** What a little waiting mends. */
const passing = new Set<CheckoutState["status"]>(["away", "tooMany"]);

/** A plain form to the server; with JavaScript it also keeps its place and leads to the first wrong field. */
export function CheckoutForm({ orderId, amount, methods, ships, contact }: Props) {
  const t = useTranslations("checkout");
  const [state, action, isPending] = useActionState(pay, { status: "idle" });
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => leadTo(form.current, state), [state]);
  const fields = fieldsOf(state, { ...contact, sameAddress: "on" });
  return (
    // Our own checks speak the shopper's language and keep what was typed; the browser's do neither.
    <form ref={form} action={action} noValidate className="checkout space-y-8">
      <input type="hidden" name="orderId" value={orderId} />
      {state.status !== "idle" && (
        <div tabIndex={-1} data-notice className="rounded-xl">
          <Notice role="alert" tone={passing.has(state.status) ? "waiting" : "attention"}>
            {state.status === "tooMany" ? t("tooMany", { time: state.time }) : t(state.status)}
          </Notice>
        </div>
      )}
      <MethodCards
        methods={methods}
        chosen={fields.values.channel}
        refused={refusedOf(state)}
        error={fields.errors.channel}
      />
      <ContactFields {...fields} methods={methods} />
      <AddressFields {...fields} ships={ships} />
      <SubmitButton amount={amount} methods={methods} isPending={isPending} />
    </form>
  );
}

export type FieldsProps = {
  values: FormValues;
  errors: Partial<Record<keyof FormValues, string>>;
};

const fieldsOf = (state: CheckoutState, contact: FormValues): FieldsProps => ({
  values: state.status === "idle" ? contact : state.values,
  errors: state.status === "invalid" ? state.errors : {},
});

const refusedOf = (state: CheckoutState): string | undefined =>
  state.status === "refused" || state.status === "doesNotFit" ? state.values.channel : undefined;

/** The first wrong field, else the sentence that says what happened. */
function leadTo(form: HTMLFormElement | null, { status }: CheckoutState) {
  if (!form || status === "idle") return;
  const place = form.querySelector<HTMLElement>(
    status === "invalid" ? "[aria-invalid=true], [data-wrong=true]:enabled" : "[data-notice]",
  );
  place?.focus();
}
