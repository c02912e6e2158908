import type { CaseKind } from "../payment/case-kind";
import type { PaymentStatus } from "../payment/payment";
import type { CodeKind } from "../payment/payment-code";

/** What the merchant's programs are told of. None is renamed or removed; further ones may be added. */
export const eventTypes = [
  "checkout_session.paid",
  "checkout_session.expired",
  "checkout_session.cancelled",
  "checkout_session.refunded",
  "payment.code_issued",
  "payment.failed",
  "payment.expired",
  "payment.cancelled",
  "payment.paid_late",
  "payment.amount_differs",
  "top_up.received",
  "bill.paid",
  "case.opened",
  "case.closed",
  "webhook.test",
] as const;
export type EventType = (typeof eventTypes)[number];

export const isEventType = (text: string): text is EventType => eventTypes.some((type) => type === text);

/** Something that was written, as the outbox names it (db/schema/webhooks.ts). */
export type RecordedChange =
  | {
      source: "payment_event";
      kind: string;
      from: PaymentStatus | null;
      to: PaymentStatus | null;
      payment: { reusable: boolean; codeKind: CodeKind; paidLate: boolean } | undefined;
      /** The order had been paid before by other payments, and all of them were refunded. */
      afterRefund: boolean;
    }
  /** The order's first money. */
  | { source: "order_paid"; isReusable: boolean }
  /** Money for a reusable code. */
  | { source: "receipt" }
  | { source: "case_opened" | "case_closed"; kind: CaseKind };

/** The events that one change is; none for steps that no shop acts upon. */
export function toEventTypes(change: RecordedChange): EventType[] {
  switch (change.source) {
    case "payment_event":
      return toPaymentEventTypes(change);
    case "order_paid":
      // A top-up code is never done: each of its payments is told by itself.
      return change.isReusable ? [] : ["checkout_session.paid"];
    case "receipt":
      return ["top_up.received"];
    case "case_opened":
      return change.kind === "amount_differs" ? ["payment.amount_differs", "case.opened"] : ["case.opened"];
    case "case_closed":
      return ["case.closed"];
  }
}

type PaymentEventChange = Extract<RecordedChange, { source: "payment_event" }>;

function toPaymentEventTypes({ kind, from, to, payment, afterRefund }: PaymentEventChange): EventType[] {
  if (kind === "code_issued") return ["payment.code_issued"];
  if (kind === "session_expired") return ["checkout_session.expired"];
  if (kind === "session_cancelled") return ["checkout_session.cancelled"];
  if (to === null || to === from || !payment) return [];
  switch (to) {
    case "failed":
    case "expired":
    case "cancelled":
      return [`payment.${to}`];
    case "refunded":
      return ["checkout_session.refunded"];
    case "paid": {
      const isBill = payment.codeKind === "dipc" && !payment.reusable;
      return [
        // The order's first money was told long ago, and its refund since.
        ...(afterRefund && !payment.reusable ? ["checkout_session.paid" as const] : []),
        ...(isBill ? ["bill.paid" as const] : []),
        ...(payment.paidLate ? ["payment.paid_late" as const] : []),
      ];
    }
    case "requested":
    case "awaiting_payment":
      return [];
  }
}
