import { canRequest } from "./change-request";
import type { ChangeablePayment, ChangeContext } from "./change-request";
import type { HowToPay } from "./how-to-pay";
import type { OrderId } from "./order-id";
import type { FailureReason, PaymentState, PaymentStatus } from "./payment";
import type { Rupiah } from "./rupiah";

/**
 * Everything that a browser may see of an order: GET /api/orders/{orderId}/status answers with exactly this, as JSON.
 * It holds no name, phone or e-mail. Times are ISO 8601 in UTC.
 */
export type PaymentView = {
  orderId: OrderId;
  /** Rises with every change; a higher version is newer. */
  version: number;
  amount: Rupiah;
  status: ViewStatus;
  /** undefined before a method is chosen. */
  channel: string | undefined;
  code: string | undefined;
  /** Whether there is a page at the acquirer to continue on; its address stays on the server. */
  hasLink: boolean;
  /** DOKU named a page at a host that the merchant's settings do not allow: no shopper is sent there. */
  isLinkBlocked: boolean;
  howToPayPage: string | undefined;
  /** DOKU's own steps for this code, once they were fetched. */
  howToPay: readonly HowToPay[] | undefined;
  expiresAt: string | undefined;
  /** Whole seconds by the server's clock, 0 when time is up; a phone's clock may be wrong. */
  secondsLeft: number | undefined;
  paidAt: string | undefined;
  paidLate: boolean;
  /** How often a reusable code was paid, 0 included; undefined for a code that is paid once. */
  timesPaid: number | undefined;
  /** When a reusable code was paid last. */
  lastPaidAt: string | undefined;
  failure: FailureReason | undefined;
  /** What came, where it is another amount than was asked for. */
  received: Rupiah | undefined;
  /** The merchant gave the money of this paid payment back by hand. */
  returned: boolean;
  /** Money came, and a person at the merchant has to decide about it: the shopper can do nothing more. */
  underReview: boolean;
  /** Whole seconds by the server's clock since DOKU was first asked; only in `preparing`. */
  preparingFor: number | undefined;
  /** What DOKU was asked last; only while money is expected, and undefined before the first time. */
  lastCheck: ViewedCheck | undefined;
  /** What the shopper may do besides paying. */
  can: { changeMethod: boolean; extend: boolean; cancel: boolean };
  /** The last change request and its result; only in `awaiting_payment`. */
  change: ViewedChange | undefined;
};

/** In whole seconds by the server's clock. */
export type ViewedCheck = {
  secondsAgo: number;
  /** DOKU answered: it knew of no payment then. */
  isAnswered: boolean;
  /** Until this program asks again by itself; undefined when it will not. */
  nextInSeconds: number | undefined;
};

/** `asked`: DOKU has not answered usably yet. `refused`: DOKU refused, and the code counts as payable. */
export type ViewedChange = { kind: "cancel" | "extend" | "amount"; status: "asked" | "done" | "refused" };

/** `preparing`: DOKU has not answered usably yet. `time_up`: DOKU is being asked. `unstarted`: no method chosen yet. */
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
  isLinkBlocked: boolean;
  howToPayPage: string | undefined;
  howToPay: readonly HowToPay[] | undefined;
  startedAt: Date;
  lastCheck: { at: Date; isAnswered: boolean; nextAt: Date | undefined } | undefined;
  /** The bill is held by this program for DOKU's inquiry (DIPC). */
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
  /** From `currentPayment`. */
  payment: ViewedPayment | undefined;
  underReview: boolean;
  /** The money in question while it is under review, else the receipts of a one-time payment. */
  received: Rupiah | undefined;
  returned: boolean;
};

/** Converts an order to what its page shows at the moment `now`. */
export function toPaymentView(order: ViewedOrder, now: Date): PaymentView {
  const { payment } = order;
  const status = toViewStatus(payment, now);
  const isWaiting = status === "awaiting_payment";
  const change = isWaiting ? payment?.change : undefined;
  const isOffered = isWaiting && !isBeingCancelled(change) && !order.underReview;
  return {
    orderId: order.id,
    version: order.version,
    amount: order.amount,
    status,
    channel: payment?.channel,
    // A code that must not be paid, or not again, is not shown: a shopper would read it to a cashier.
    code: isOffered ? payment?.code : undefined,
    hasLink: isOffered && payment?.hasLink === true,
    isLinkBlocked: isOffered && payment?.isLinkBlocked === true,
    howToPayPage: isOffered ? payment?.howToPayPage : undefined,
    howToPay: isOffered ? payment?.howToPay : undefined,
    expiresAt: payment?.expiresAt?.toISOString(),
    secondsLeft: isWaiting ? secondsUntil(payment?.expiresAt, now) : undefined,
    paidAt: payment?.paidAt?.toISOString(),
    paidLate: payment?.paidLate ?? false,
    timesPaid: payment?.reuse?.times,
    lastPaidAt: payment?.reuse?.last?.toISOString(),
    failure: payment?.state.status === "failed" ? payment.state.reason : undefined,
    received: order.received === order.amount ? undefined : order.received,
    returned: order.returned,
    underReview: order.underReview,
    preparingFor: status === "preparing" ? secondsUntil(now, payment?.startedAt ?? now) : undefined,
    lastCheck: isWaiting || status === "time_up" ? toViewedCheck(payment?.lastCheck, now) : undefined,
    can: toAllowedActions(order, status),
    change,
  };
}

const toViewedCheck = (last: ViewedPayment["lastCheck"], now: Date): ViewedCheck | undefined =>
  last && {
    secondsAgo: secondsUntil(now, last.at) ?? 0,
    isAnswered: last.isAnswered,
    nextInSeconds: secondsUntil(last.nextAt, now),
  };

/** The shopper's buttons, by the rules of `decideChange`. A code is changed only while its time runs. */
function toAllowedActions(order: ViewedOrder, status: ViewStatus): PaymentView["can"] {
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
    // `currentPayment` never picks a superseded payment.
    isSuperseded: false,
    reusable: payment.reuse !== undefined,
    isSelfHosted: payment.isSelfHosted,
    can: payment.can,
  },
  open: payment?.change?.status === "asked" ? payment.change : undefined,
});

/** DOKU may have cancelled it already, so the code must not be paid once the request is saved. */
const isBeingCancelled = (change: ViewedChange | undefined): boolean =>
  change?.kind === "cancel" && change.status === "asked";

function toViewStatus(payment: ViewedPayment | undefined, now: Date): ViewStatus {
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

/** The shopper may pay now: no cancel is open, and no money that came is under review. */
export const isPayable = (view: PaymentView): boolean =>
  view.status === "awaiting_payment" && !view.underReview && !isBeingCancelled(view.change);

/** Pages stop polling here. An expired code can still turn out paid, so `expired` is not final. */
export const isFinal = (status: ViewStatus | PaymentStatus): boolean =>
  status === "paid" || status === "refunded";

/** The shopper may start another payment: not for a reusable code, and not while money that came is under review. */
export const canStartAgain = ({
  status,
  timesPaid,
  underReview,
}: Pick<PaymentView, "status" | "timesPaid" | "underReview">): boolean =>
  timesPaid === undefined &&
  !underReview &&
  (status === "unstarted" || status === "expired" || status === "cancelled" || status === "failed");
