"use client";

import { useActionState, type ReactNode } from "react";
import { fill } from "@/components/fill";
import { buttonClass } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import type { PaymentStatus } from "@/lib/payment/payment";
import { actOnPayment, type ActState } from "./actions";

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
  | "detailsWrong",
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
  const told = wordsOf(state, labels, states);
  const button = (act: string, children: ReactNode) => (
    <button
      type="submit"
      name="act"
      value={act}
      aria-disabled={isPending}
      onClick={(event) => isPending && event.preventDefault()}
      className={buttonClass("quiet", "w-full sm:w-auto")}
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
    <div className="mt-4">
      <form action={action} className="grid gap-3 sm:flex sm:flex-wrap sm:items-start">
        {button("check", labels.check)}
        {can.extend && button("extend", labels.extend)}
        {can.cancel && (
          <details className="group min-w-0 sm:open:w-full">
            <summary className={buttonClass("quiet", "w-full list-none sm:w-auto")}>
              {labels.cancelTitle}
            </summary>
            <p className="mt-3 mb-3 max-w-prose">{labels.cancelBody}</p>
            {button("cancel", labels.cancel)}
          </details>
        )}
        {which}
      </form>
      {can.amount && (
        <Disclosed title={labels.amountTitle} body={labels.amountBody}>
          <form action={action} className="grid max-w-sm gap-3">
            <Field name="amount" label={labels.amountField} inputMode="numeric" autoComplete="off" required />
            {which}
            {button("amount", labels.amount)}
          </form>
        </Disclosed>
      )}
      {can.details && (
        <Disclosed title={labels.detailsTitle} body={labels.detailsBody}>
          <form action={action} className="grid max-w-sm gap-3">
            <Field
              name="name"
              label={labels.detailsName}
              defaultValue={details.name}
              maxLength={40}
              autoComplete="off"
              required
            />
            <Field
              name="email"
              type="email"
              label={labels.detailsEmail}
              defaultValue={details.email}
              autoComplete="off"
            />
            <Field
              name="info"
              label={labels.detailsInfo}
              defaultValue={details.info}
              maxLength={30}
              autoComplete="off"
            />
            {which}
            {button("details", labels.details)}
          </form>
        </Disclosed>
      )}
      {(isPending || told) && (
        <Notice role="alert" className="mt-3">
          {isPending ? labels.pending : told}
        </Notice>
      )}
    </div>
  );
}

const Disclosed = ({ title, body, children }: { title: string; body: string; children: ReactNode }) => (
  <details className="mt-3 min-w-0">
    <summary className={buttonClass("quiet", "w-full list-none sm:w-auto")}>{title}</summary>
    <p className="mt-3 mb-3 max-w-prose">{body}</p>
    {children}
  </details>
);

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
    case "not_found":
      return labels[state.status];
    case "changed":
      if (state.kind === "details" && state.outcome === "does_not_fit") return labels.detailsWrong;
      if (state.outcome !== "done") return labels.outcomes[state.outcome];
      return labels[`${state.kind}Done`];
  }
}
