"use client";

import { useActionState, useEffect, useRef } from "react";
import { fill } from "@/components/fill";
import { Notice } from "@/components/ui/notice";
import { pay, type CheckoutState, type FormValues } from "../actions";
import { AddressFields } from "./address-fields";
import { ContactFields } from "./contact-fields";
import { MethodCards, type MethodCard } from "./method-cards";
import { SubmitButton } from "./submit-button";

export type CheckoutLabels = Record<
  | "methods"
  | "contact"
  | "contactCode"
  | "contactLink"
  | "billing"
  | "shipping"
  | "sameAddress"
  | "name"
  | "phone"
  | "phoneHint"
  | "email"
  | "address"
  | "addressHint"
  | "city"
  | "postalCode"
  | "optional"
  | "submitCode"
  | "submitLink"
  | "pending"
  | "noCharge"
  | "noChargeLink"
  | "invalid"
  | "refused"
  | "doesNotFit"
  | "justRefused"
  | "tooMany"
  | "away",
  string
>;

type Props = {
  orderId: string;
  amount: string;
  methods: MethodCard[];
  ships: boolean;
  contact: FormValues;
  labels: CheckoutLabels;
};

/** What a little waiting mends. */
const passing = new Set<CheckoutState["status"]>(["away", "tooMany"]);

/** A plain form to the server; with JavaScript it also keeps its place and leads to the first wrong field. */
export function CheckoutForm({ orderId, amount, methods, ships, contact, labels }: Props) {
  const [state, action, isPending] = useActionState(pay, { status: "idle" });
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => leadTo(form.current, state), [state]);
  const fields = { ...fieldsOf(state, { ...contact, sameAddress: "on" }), labels };
  return (
    // Our own checks speak the shopper's language and keep what was typed; the browser's do neither.
    <form ref={form} action={action} noValidate className="checkout space-y-8">
      <input type="hidden" name="orderId" value={orderId} />
      {state.status !== "idle" && (
        <div tabIndex={-1} data-trouble className="rounded-xl">
          <Notice role="alert" tone={passing.has(state.status) ? "waiting" : "attention"}>
            {fill(labels[state.status], state.status === "tooMany" ? { time: state.time } : {})}
          </Notice>
        </div>
      )}
      <MethodCards
        methods={methods}
        chosen={fields.values.channel}
        refused={refusedOf(state)}
        error={fields.errors.channel}
        labels={labels}
      />
      <ContactFields {...fields} />
      <AddressFields {...fields} ships={ships} />
      <SubmitButton amount={amount} isPending={isPending} labels={labels} />
    </form>
  );
}

export type FieldsProps = {
  values: FormValues;
  errors: Partial<Record<keyof FormValues, string>>;
  labels: CheckoutLabels;
};

const fieldsOf = (state: CheckoutState, contact: FormValues): Omit<FieldsProps, "labels"> => ({
  values: state.status === "idle" ? contact : state.values,
  errors: state.status === "invalid" ? state.errors : {},
});

const refusedOf = (state: CheckoutState): string | undefined =>
  state.status === "refused" || state.status === "doesNotFit" ? state.values.channel : undefined;

/** The first wrong field, else the sentence that says what happened. */
function leadTo(form: HTMLFormElement | null, { status }: CheckoutState) {
  if (!form || status === "idle") return;
  const place = form.querySelector<HTMLElement>(
    status === "invalid" ? "[aria-invalid=true], [data-wrong=true]:enabled" : "[data-trouble]",
  );
  place?.focus();
}
