import { amountsAt } from "./amounts";
import type { AmountChange } from "./amounts";
import type { CaseKind } from "./case-kind";
import { isLive } from "./is-live";
import type { PaymentState } from "./payment";
import type { PaymentUpdate } from "./payment-update";
import { wasReviewed } from "./reviewed";
import type { ReviewedUpdate } from "./reviewed";
import type { Rupiah } from "./rupiah";
import { isSamePayment } from "./same-payment";
import { canTransition } from "./transitions";

/** What is on record when an update arrives. */
export type PaymentContext = {
  state: PaymentState;
  amount: Rupiah;
  /** Changes of the amount, oldest first, including one that DOKU has not answered yet. */
  amountChanges: readonly AmountChange[];
  expiresAt: Date | undefined;
  reusable: boolean;
  /**
   * Whether this channel's FAILED ends the attempt. A payment code stays payable after one
   * (docs/decisions/004-failed-does-not-end-a-code.md).
   */
  failedIsFinal: boolean;
  receipts: {
    count: number;
    /** One of them has the identity of this update. */
    includesThis: boolean;
    /** The receipt that a status check brought and no notification has confirmed yet; there is at most one. */
    unconfirmed: UnconfirmedReceipt | undefined;
  };
  /** Another payment of the same order has been paid. */
  orderPaidByAnother: boolean;
  /** Updates that opened a case for this payment before. */
  reviewed: readonly ReviewedUpdate[];
};

export type UnconfirmedReceipt = { identity: string; paidAt: Date; acquirerIds: string };

export type Decision =
  /** `receipt`: a real payment that counts. `to` undefined leaves the state as it is (a reusable code paid again). */
  | { kind: "move"; to: PaymentState | undefined; receipt: boolean; paidLate: boolean; cases: CaseKind[] }
  /** The notification of a payment that a status check brought first: same money, now with its identifiers. */
  | { kind: "confirm" }
  | { kind: "repeat" }
  | { kind: "ignore"; because: IgnoreReason }
  | { kind: "review"; case: CaseKind };

export type IgnoreReason =
  "already_paid" | "already_closed" | "code_still_payable" | "still_pending" | "already_a_case";

const ignore = (because: IgnoreReason): Decision => ({ kind: "ignore", because });

/** One update opens one case: a closed case stays closed, however often DOKU repeats the update. */
const review = (kind: CaseKind, { reviewed }: PaymentContext, update: PaymentUpdate): Decision =>
  wasReviewed(reviewed, kind, update) ? ignore("already_a_case") : { kind: "review", case: kind };

/**
 * What an update does to a payment. Pure: this function and its tests are all of
 * docs/architecture.md#states-of-a-payment.
 */
export function decide(context: PaymentContext, update: PaymentUpdate): Decision {
  switch (update.outcome) {
    case "success":
      return decideSuccess(context, update);
    case "failed":
      return decideFailed(context, update);
    case "expired":
      return canTransition(context.state.status, "expired")
        ? move({ status: "expired", at: update.at })
        : ignore(context.receipts.count > 0 ? "already_paid" : "already_closed");
    case "refunded":
      return canTransition(context.state.status, "refunded")
        ? move({ status: "refunded", at: update.at })
        : ignore("already_closed");
    case "pending":
      return ignore("still_pending");
  }
}

const move = (to: PaymentState): Decision => ({
  kind: "move",
  to,
  receipt: false,
  paidLate: false,
  cases: [],
});

function decideFailed({ state, failedIsFinal }: PaymentContext, update: PaymentUpdate): Decision {
  if (state.status === "paid") return ignore("already_paid");
  if (!canTransition(state.status, "failed")) return ignore("already_closed");
  return failedIsFinal
    ? move({ status: "failed", at: update.at, reason: "declined" })
    : ignore("code_still_payable");
}

function decideSuccess(context: PaymentContext, update: PaymentUpdate): Decision {
  const { state, receipts } = context;
  if (receipts.includesThis) return decideRepeat(context, update);
  if (!isRightAmount(context, update)) return review("amount_differs", context, update);
  if (receipts.count > 0) return decideFurtherSuccess(context, update);
  const cases: CaseKind[] = [];
  if (context.orderPaidByAnother) cases.push("paid_twice");
  if (state.status === "cancelled") cases.push("paid_after_cancel");
  return {
    kind: "move",
    to: keepsState(context) ? undefined : { status: "paid", paidAt: update.at },
    receipt: true,
    paidLate: state.status === "expired" || isLate(context, update),
    cases,
  };
}

/**
 * The money came, but the state must not become `paid`: a refund is later than a SUCCESS that arrives after it, and a
 * reusable code stays payable after each payment.
 */
const keepsState = ({ state, reusable }: PaymentContext): boolean =>
  !canTransition(state.status, "paid") || (reusable && isLive(state.status));

/** Compares with the amounts that were asked for when it was paid, which may differ from today's amount. */
const isRightAmount = ({ amount, amountChanges }: PaymentContext, update: PaymentUpdate): boolean =>
  update.amount !== undefined && amountsAt(amount, amountChanges, update.at).includes(update.amount);

/**
 * A SUCCESS that is already on record. If a status check brought it, its notification confirms it: left unconfirmed, the
 * receipt would later match the notification of another payment.
 */
const decideRepeat = ({ receipts }: PaymentContext, { source, identity }: PaymentUpdate): Decision =>
  source === "notification" && receipts.unconfirmed?.identity === identity
    ? { kind: "confirm" }
    : { kind: "repeat" };

/** A SUCCESS with another identity than the one on record. */
function decideFurtherSuccess(context: PaymentContext, update: PaymentUpdate): Decision {
  const { reusable } = context;
  // A status answer may lack the identifiers, so it cannot prove a further payment.
  if (update.source === "status_check") return ignore("already_paid");
  if (confirmsReceipt(context, update)) return { kind: "confirm" };
  if (reusable) return { kind: "move", to: undefined, receipt: true, paidLate: false, cases: [] };
  // A one-time code counts once. DOKU's retry changed its identifiers, or it was paid twice: a person decides.
  return review("paid_twice", context, update);
}

/**
 * A status answer may lack identifiers, so the notification of the same money gets another identity. For a one-time
 * code it must be the same payment; for a reusable code the acquirer's ids decide, or the time when there are none.
 */
function confirmsReceipt(
  { receipts: { unconfirmed }, reusable }: PaymentContext,
  update: PaymentUpdate,
): boolean {
  if (!unconfirmed || !reusable) return unconfirmed !== undefined;
  return isSamePayment({ acquirerIds: unconfirmed.acquirerIds, at: unconfirmed.paidAt }, update);
}

/** A time of arrival proves no late payment: the report may have been on its way for hours. */
const isLate = ({ expiresAt }: PaymentContext, update: PaymentUpdate): boolean =>
  expiresAt !== undefined && !update.isArrivalTime && update.at.getTime() > expiresAt.getTime();
