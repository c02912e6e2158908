"use client";

import { useActionState, type ReactNode } from "react";
import { fill } from "@/components/fill";
import { buttonClass } from "@/components/ui/button";
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
  | "cancelDone",
  string
> & { outcomes: Record<Exclude<Outcome, "done">, string> };

type Props = {
  orderId: string;
  invoiceNumber: string;
  can: { extend: boolean; cancel: boolean };
  labels: ActLabels;
  states: Record<PaymentStatus, string>;
};

/** What staff can do about one payment, and what came of it. One form, so that its answer has one place. */
export function PaymentActions({ orderId, invoiceNumber, can, labels, states }: Props) {
  const [state, action, isPending] = useActionState(actOnPayment, { status: "idle" });
  const told = wordsOf(state, labels, states);
  const button = (act: string, children: ReactNode) => (
    <button
      type="submit"
      name="act"
      value={act}
      aria-disabled={isPending}
      onClick={(event) => isPending && event.preventDefault()}
      className={buttonClass("quiet")}
    >
      {children}
    </button>
  );
  return (
    <form action={action} className="mt-4">
      <input type="hidden" name="orderId" value={orderId} />
      <input type="hidden" name="invoiceNumber" value={invoiceNumber} />
      <div className="flex flex-wrap gap-3">
        {button("check", labels.check)}
        {can.extend && button("extend", labels.extend)}
        {can.cancel && (
          <details className="group min-w-0 open:w-full">
            <summary className={buttonClass("quiet", "list-none")}>{labels.cancelTitle}</summary>
            <p className="mt-3 mb-3 max-w-prose">{labels.cancelBody}</p>
            {button("cancel", labels.cancel)}
          </details>
        )}
      </div>
      {(isPending || told) && (
        <Notice role="alert" className="mt-3">
          {isPending ? labels.pending : told}
        </Notice>
      )}
    </form>
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
    case "not_found":
      return labels[state.status];
    case "changed":
      if (state.outcome !== "done") return labels.outcomes[state.outcome];
      return state.kind === "extend" ? labels.extendDone : labels.cancelDone;
  }
}
