import { canRequest } from "./change-request";
import type { ChangeablePayment, ChangeContext } from "./change-request";
import type { OrderId } from "./order-id";
import type { FailureReason, PaymentState, PaymentStatus } from "./payment";
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
  /** How often a reusable code was paid, 0 included; undefined for a code that is paid once. */
  timesPaid: number | undefined;
  /** When a reusable code was paid last. */
  lastPaidAt: string | undefined;
  failure: FailureReason | undefined;
  /** Money came that a person at the merchant has to look at: nothing more for the shopper to do. */
  underReview: boolean;
  /** Whole seconds by the server's clock since DOKU was first asked; only in `preparing`. */
  preparingFor: number | undefined;
  /** What the shopper may do about the payment beside paying it. */
  can: { changeMethod: boolean; extend: boolean; cancel: boolean };
  /** What became of the last wish to change the code; only while the code is still waited for. */
  change: ViewedChange | undefined;
};

/** `asked`: DOKU has not answered usably yet. `refused`: it would not, and the code counts as payable. */
export type ViewedChange = { kind: "cancel" | "extend" | "amount"; status: "asked" | "done" | "refused" };

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
  startedAt: Date;
  /** The bill waits here for DOKU's inquiry. */
  isSelfHosted: boolean;
  /** What DOKU changes about a code of this channel. */
  can: ChangeablePayment["can"];
  /** The payments of a reusable code; undefined for all others. */
  reuse: { times: number; last: Date | undefined } | undefined;
  change: ViewedChange | undefined;
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
  const isWaiting = status === "awaiting_payment";
  const change = isWaiting ? payment?.change : undefined;
  const isOffered = isWaiting && !isBeingCancelled(change) && !order.underReview;
  return {
    orderId: order.id,
    version: order.version,
    amount: order.amount,
    status,
    channel: payment?.channel,
    // A code that must not be paid, or not again, is not shown: somebody would read it to a cashier.
    code: isOffered ? payment?.code : undefined,
    hasLink: isOffered && payment?.hasLink === true,
    howToPayPage: isOffered ? payment?.howToPayPage : undefined,
    expiresAt: payment?.expiresAt?.toISOString(),
    secondsLeft: isWaiting ? secondsUntil(payment?.expiresAt, now) : undefined,
    paidAt: payment?.paidAt?.toISOString(),
    paidLate: payment?.paidLate ?? false,
    timesPaid: payment?.reuse?.times,
    lastPaidAt: payment?.reuse?.last?.toISOString(),
    failure: payment?.state.status === "failed" ? payment.state.reason : undefined,
    underReview: order.underReview,
    preparingFor: status === "preparing" ? secondsUntil(now, payment?.startedAt ?? now) : undefined,
    can: canDo(order, status),
    change,
  };
}

/** The shopper's buttons: what `decideChange` would do if they asked. A code is changed only while its time runs. */
function canDo(order: ViewedOrder, status: ViewStatus): PaymentView["can"] {
  const context = toChangeContext(order);
  const isRunning = status === "awaiting_payment";
  return {
    changeMethod: canRequest(context, "shopper", "replace"),
    extend: isRunning && canRequest(context, "shopper", "extend"),
    cancel: isRunning && canRequest(context, "shopper", "cancel"),
  };
}

const toChangeContext = ({ payment, paidAt, underReview }: ViewedOrder): ChangeContext => ({
  order: { isPaid: paidAt !== undefined, isUnderReview: underReview },
  payment: payment && {
    status: payment.state.status,
    hasCode: payment.code !== undefined,
    // A payment that another has replaced is not the one that stands for its order.
    isSuperseded: false,
    reusable: payment.reuse !== undefined,
    isSelfHosted: payment.isSelfHosted,
    can: payment.can,
  },
  open: payment?.change?.status === "asked" ? payment.change : undefined,
});

/** DOKU may have cancelled it already: from the moment the wish is saved nobody shall pay this code. */
const isBeingCancelled = (change: ViewedChange | undefined): boolean =>
  change?.kind === "cancel" && change.status === "asked";

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

/** Somebody may go and pay: nothing of ours stands in the way, and no money that came is being looked at. */
export const isPayable = (view: PaymentView): boolean =>
  view.status === "awaiting_payment" && !view.underReview && !isBeingCancelled(view.change);

/** Nothing more will happen by itself: pages stop asking. An expired code can still turn out paid, so it is no end. */
export const isFinal = (status: ViewStatus | PaymentStatus): boolean =>
  status === "paid" || status === "refunded";

/** The shopper may start another attempt: not for a reusable code, nor while a person looks at money that came. */
export const canStartAgain = ({
  status,
  timesPaid,
  underReview,
}: Pick<PaymentView, "status" | "timesPaid" | "underReview">): boolean =>
  timesPaid === undefined &&
  !underReview &&
  (status === "unstarted" || status === "expired" || status === "cancelled" || status === "failed");
