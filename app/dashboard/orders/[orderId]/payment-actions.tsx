"use client";

import { useActionState, useEffect, useRef, type ReactNode } from "react";
import { fill } from "@/components/fill";
import { buttonClass } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { PaymentStatus } from "@/lib/payment/payment";
import { actOnPayment, type ActState } from "./actions";
import { AmountForm, DetailsForm } from "./change-forms";

type Outcome = Extract<ActState, { status: "changed" }>["outcome"];

export type ActLabels = Record<
  | "check"
  | "extend"
  | "cancel"
  | "cancelTitle"
  | "cancelBody"
  | "pending"
  | "asked"
  | "later"
  | "unanswered"
  | "not_found"
  | "extendDone"
  | "cancelDone"
  | "amountTitle"
  | "amountBody"
  | "amountField"
  | "amount"
  | "amountDone"
  | "detailsTitle"
  | "detailsBody"
  | "detailsName"
  | "detailsEmail"
  | "detailsInfo"
  | "details"
  | "detailsDone"
  | "invalid",
  string
> & { outcomes: Record<Exclude<Outcome, "done">, string> };

type Props = {
  orderId: string;
  invoiceNumber: string;
  can: Record<"extend" | "cancel" | "amount" | "details", boolean>;
  /** What the till shows now. */
  details: { name: string; email: string; info: string };
  labels: ActLabels;
  states: Record<PaymentStatus, string>;
};

/**
 * What staff can do about one payment, and what came of it, in one place. What is typed has forms of its own: Enter in a
 * field must mean this field and no other button.
 */
export function PaymentActions({ orderId, invoiceNumber, can, details, labels, states }: Props) {
  const [state, action, isPending] = useActionState(actOnPayment, { status: "idle" });
  const acts = useRef<HTMLDivElement>(null);
  // The first field that has to be mended.
  useEffect(() => {
    if (state.status === "invalid") acts.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [state]);
  const told = wordsOf(state, labels, states);
  const button = (act: string, children: ReactNode) => (
    <button
      type="submit"
      name="act"
      value={act}
      aria-disabled={isPending}
      onClick={(event) => isPending && event.preventDefault()}
      className={buttonClass("secondary", "w-full sm:w-auto")}
    >
      {children}
    </button>
  );
  const which = (
    <>
      <input type="hidden" name="orderId" value={orderId} />
      <input type="hidden" name="invoiceNumber" value={invoiceNumber} />
    </>
  );
  return (
    <div ref={acts} className="mt-4">
      <form action={action} className="grid gap-3 sm:flex sm:flex-wrap sm:items-start">
        {button("check", labels.check)}
        {can.extend && button("extend", labels.extend)}
        {can.cancel && (
          <details className="group min-w-0 sm:open:w-full">
            <summary className={buttonClass("secondary", "w-full list-none sm:w-auto")}>
              {labels.cancelTitle}
            </summary>
            <p className="mt-3 mb-3 max-w-prose">{labels.cancelBody}</p>
            {button("cancel", labels.cancel)}
          </details>
        )}
        {which}
      </form>
      {can.amount && (
        <AmountForm action={action} state={state} labels={labels}>
          {which}
          {button("amount", labels.amount)}
        </AmountForm>
      )}
      {can.details && (
        <DetailsForm action={action} state={state} labels={labels} details={details}>
          {which}
          {button("details", labels.details)}
        </DetailsForm>
      )}
      {(isPending || told) && (
        <Notice role="alert" className="mt-3">
          {isPending ? labels.pending : told}
        </Notice>
      )}
    </div>
  );
}

function wordsOf(
  state: ActState,
  labels: ActLabels,
  states: Record<PaymentStatus, string>,
): string | undefined {
  switch (state.status) {
    case "idle":
      return undefined;
    case "asked":
      return fill(labels.asked, { status: states[state.state] });
    case "later":
    case "unanswered":
    case "not_found":
      return labels[state.status];
    case "changed":
      if (state.outcome !== "done") return labels.outcomes[state.outcome];
      return labels[`${state.kind}Done`];
    case "invalid":
      return labels.invalid;
  }
}
