import type { OrderId } from "./order-id";
import type { FailureReason, PaymentState } from "./payment";
import type { Rupiah } from "./rupiah";

/**
 * What a browser may see of an order, and all of it: GET /api/orders/{orderId}/status answers with exactly this, as JSON.
 * No name, phone or e-mail is in it. Moments are ISO 8601 in UTC.
 */
export type PaymentView = {
  orderId: OrderId;
  /** Rises with every change; a page that holds a higher one has seen more. */
  version: number;
  amount: Rupiah;
  status: ViewStatus;
  /** undefined before a method is chosen. */
  channel: string | undefined;
  code: string | undefined;
  /** Whether there is a page at the acquirer to continue on; its address stays on the server. */
  hasLink: boolean;
  howToPayPage: string | undefined;
  expiresAt: string | undefined;
  /** Whole seconds by the server's clock, 0 when time is up; a phone's clock is not asked. */
  secondsLeft: number | undefined;
  paidAt: string | undefined;
  paidLate: boolean;
  failure: FailureReason | undefined;
  /** Money came that a person at the merchant has to look at: nothing more for the shopper to do. */
  underReview: boolean;
};

/** `preparing`: DOKU has not answered usably yet. `time_up`: we are asking DOKU. `unstarted`: no method chosen yet. */
export const viewStatuses = [
  "unstarted",
  "preparing",
  "awaiting_payment",
  "time_up",
  "paid",
  "expired",
  "cancelled",
  "failed",
  "refunded",
] as const;
export type ViewStatus = (typeof viewStatuses)[number];

export type ViewedPayment = {
  state: PaymentState;
  channel: string;
  expiresAt: Date | undefined;
  paidAt: Date | undefined;
  paidLate: boolean;
  code: string | undefined;
  hasLink: boolean;
  howToPayPage: string | undefined;
};

export type ViewedOrder = {
  id: OrderId;
  version: number;
  amount: Rupiah;
  paidAt: Date | undefined;
  /** The payment that paid the order, else its newest. */
  payment: ViewedPayment | undefined;
  underReview: boolean;
};

/** The view of an order at a moment. */
export function viewOf(order: ViewedOrder, now: Date): PaymentView {
  const { payment } = order;
  const status = statusOf(payment, now);
  return {
    orderId: order.id,
    version: order.version,
    amount: order.amount,
    status,
    channel: payment?.channel,
    // A code that must not be paid any more is not shown: somebody would read it to a cashier.
    code: status === "awaiting_payment" ? payment?.code : undefined,
    hasLink: status === "awaiting_payment" && payment?.hasLink === true,
    howToPayPage: status === "awaiting_payment" ? payment?.howToPayPage : undefined,
    expiresAt: payment?.expiresAt?.toISOString(),
    secondsLeft: status === "awaiting_payment" ? secondsUntil(payment?.expiresAt, now) : undefined,
    paidAt: payment?.paidAt?.toISOString(),
    paidLate: payment?.paidLate ?? false,
    failure: payment?.state.status === "failed" ? payment.state.reason : undefined,
    underReview: order.underReview,
  };
}

function statusOf(payment: ViewedPayment | undefined, now: Date): ViewStatus {
  if (!payment) return "unstarted";
  const { state } = payment;
  switch (state.status) {
    case "requested":
      return "preparing";
    case "awaiting_payment":
      return state.expiresAt <= now ? "time_up" : "awaiting_payment";
    case "paid":
    case "expired":
    case "cancelled":
    case "failed":
    case "refunded":
      return state.status;
  }
}

const secondsUntil = (end: Date | undefined, now: Date): number | undefined =>
  end && Math.max(0, Math.ceil((end.getTime() - now.getTime()) / 1000));

/** Nothing more will happen by itself: pages stop asking. An expired code can still turn out paid, so it is no end. */
export const isFinal = (status: ViewStatus): boolean => status === "paid" || status === "refunded";

/** The shopper may start another attempt. */
export const canStartAgain = (status: ViewStatus): boolean =>
  status === "unstarted" || status === "expired" || status === "cancelled" || status === "failed";
