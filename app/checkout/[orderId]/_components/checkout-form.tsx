"use client";

import { getFormProps, useForm } from "@conform-to/react";
import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { submitTo, useErrorFocus } from "@/app/_components/server-form";
import { Notice } from "@/components/ui/notice";
import { ProblemText } from "@/components/ui/problem-text";
import type { GivenSummary } from "@/lib/operations/checkout/given-details";
import { startCheckoutPayment } from "../actions";
import type { CheckoutFields } from "../schema";
import { formatCheckoutProblem } from "./checkout-problem";
import { AddressFields } from "./address-fields";
import { ContactFields } from "./contact-fields";
import { GivenLine, UseGivenLine } from "./given-line";
import { MethodCards } from "./method-cards";
import type { MethodCard } from "./method-card";
import { SubmitButton } from "./submit-button";

type Props = {
  orderId: string;
  amount: string;
  methods: MethodCard[];
  ships: boolean;
  contact: CheckoutFields;
  /** What the form need not ask for. */
  given: GivenSummary | undefined;
  /** There are such details, and the shopper gives others. */
  canUseGiven: boolean;
};

/** Works without JavaScript; with it, the form stays in place and the first wrong field gets the focus. */
export function CheckoutForm({ orderId, amount, methods, ships, contact, given, canUseGiven }: Props) {
  const [state, action, isPending] = useActionState(startCheckoutPayment, {});
  const [form, fields] = useForm<CheckoutFields>({
    lastResult: state.result,
    defaultValue: { ...contact, sameAddress: "on" },
    onSubmit: submitTo(action),
  });
  useErrorFocus(form, state.result);
  const t = useTranslations("checkout");
  const toText = (problem: string) => formatCheckoutProblem(problem, t);
  const [wrongForm, wrongChannel] = [form.errors?.[0], fields.channel.errors?.[0]];
  return (
    // No validation by the browser: its messages may be in another language than the page.
    <form {...getFormProps(form, { ariaAttributes: false })} action={action} className="checkout space-y-8">
      <input type="hidden" name="orderId" value={orderId} />
      <input type="hidden" name="details" value={given ? "given" : "typed"} />
      {wrongForm !== undefined && (
        <div tabIndex={-1} data-notice className="rounded-xl">
          <Notice role="alert" tone={state.isTemporary ? "waiting" : "attention"}>
            {toText(wrongForm)}
          </Notice>
        </div>
      )}
      <MethodCards
        // A new key after a refusal, so that the refused card is no longer chosen.
        key={state.refusedChannel}
        methods={methods}
        chosen={fields.channel.value}
        refused={state.refusedChannel}
        error={wrongChannel === undefined ? undefined : toText(wrongChannel)}
      />
      <ProblemText value={toText}>
        {given && <GivenLine orderId={orderId} maskedName={given.maskedName} />}
        {!given && canUseGiven && <UseGivenLine orderId={orderId} />}
        <ContactFields fields={fields} methods={methods} given={given?.parts} />
        <AddressFields fields={fields} ships={ships} given={given?.parts} />
      </ProblemText>
      <SubmitButton amount={amount} methods={methods} isPending={isPending} />
    </form>
  );
}
