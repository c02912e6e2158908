import { amountsAt } from "./amounts";
import type { AmountChange } from "./amounts";
import type { Rupiah } from "./rupiah";
import { isLive } from "./payment";
import type { PaymentState } from "./payment";
import { wasReviewed } from "./reviewed";
import type { Reviewed } from "./reviewed";
import { isSamePayment } from "./same-payment";
import { canTransition } from "./transitions";

/** Something DOKU said of one payment, by notification or in answer to a status check, signature already verified. */
export type PaymentUpdate = {
  source: "notification" | "status_check";
  outcome: "success" | "failed" | "expired" | "refunded" | "pending";
  /** undefined when the amount was there but could not be read as whole rupiah. */
  amount: Rupiah | undefined;
  /** When it happened by DOKU's clock. */
  at: Date;
  /**
   * Hash of what makes a real payment that payment; a delivery's Request-Id is not part of it
   * (docs/doku-protocol.md#85-answers-and-retries).
   */
  identity: string;
  /** `acquirerIdsOf` what DOKU named. */
  acquirerIds: string;
};

/** What is on record when the fact arrives. */
export type PaymentContext = {
  state: PaymentState;
  amount: Rupiah;
  /** How the amount came to be what it is, oldest first, with a change that DOKU has not answered. */
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
    /** The one with this fact's identity is among them. */
    includesThis: boolean;
    /** One came from a status check, and no notification has confirmed it yet; there is one such at most. */
    unconfirmed: Unconfirmed | undefined;
  };
  /** Another payment of the same order has been paid. */
  orderPaidByAnother: boolean;
  /** What a person was asked about this payment before. */
  reviewed: readonly Reviewed[];
};

export type Unconfirmed = { identity: string; paidAt: Date; acquirerIds: string };

export const caseKinds = [
  "paid_twice",
  "paid_after_cancel",
  "amount_differs",
  "orphan",
  "conflicting_answer",
] as const;
export type CaseKind = (typeof caseKinds)[number];

/**
 * Those that money came for. An answer of DOKU's that cannot be used is a case too, but no money: the order may still be
 * paid another way.
 */
export const moneyCaseKinds: CaseKind[] = caseKinds.filter((kind) => kind !== "conflicting_answer");

export type Decision =
  /** `receipt`: a real payment that counts; `state` undefined leaves the state as it is (a reusable code paid again). */
  | { kind: "move"; to: PaymentState | undefined; receipt: boolean; paidLate: boolean; cases: CaseKind[] }
  /** The notification of a payment that a status check had already brought: same money, now with its identifiers. */
  | { kind: "confirm" }
  | { kind: "repeat" }
  | { kind: "ignore"; because: IgnoreReason }
  | { kind: "review"; case: CaseKind };

export type IgnoreReason =
  "already_paid" | "already_closed" | "code_still_payable" | "still_pending" | "already_a_case";

const ignore = (because: IgnoreReason): Decision => ({ kind: "ignore", because });

/** A person is asked about one fact once: a case that was closed stays so, however often DOKU repeats itself. */
const review = (kind: CaseKind, { reviewed }: PaymentContext, fact: PaymentUpdate): Decision =>
  wasReviewed(reviewed, kind, fact) ? ignore("already_a_case") : { kind: "review", case: kind };

/**
 * What a fact does to a payment. Pure: all of docs/architecture.md#states-of-a-payment is in here and in its table of
 * tests.
 */
export function decide(record: PaymentContext, fact: PaymentUpdate): Decision {
  switch (fact.outcome) {
    case "success":
      return decideSuccess(record, fact);
    case "failed":
      return decideFailed(record, fact);
    case "expired":
      return canTransition(record.state.status, "expired")
        ? move({ status: "expired", at: fact.at })
        : ignore(record.receipts.count > 0 ? "already_paid" : "already_closed");
    case "refunded":
      return canTransition(record.state.status, "refunded")
        ? move({ status: "refunded", at: fact.at })
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

function decideFailed({ state, failedIsFinal }: PaymentContext, fact: PaymentUpdate): Decision {
  if (state.status === "paid") return ignore("already_paid");
  if (!canTransition(state.status, "failed")) return ignore("already_closed");
  return failedIsFinal
    ? move({ status: "failed", at: fact.at, reason: "declined" })
    : ignore("code_still_payable");
}

function decideSuccess(record: PaymentContext, fact: PaymentUpdate): Decision {
  const { state, receipts } = record;
  if (receipts.includesThis) return decideKnown(record, fact);
  if (!isRightAmount(record, fact)) return review("amount_differs", record, fact);
  if (receipts.count > 0) return decideAnother(record, fact);
  const cases: CaseKind[] = [];
  if (record.orderPaidByAnother) cases.push("paid_twice");
  if (state.status === "cancelled") cases.push("paid_after_cancel");
  return {
    kind: "move",
    to: staysAsItIs(record) ? undefined : { status: "paid", paidAt: fact.at },
    receipt: true,
    paidLate: state.status === "expired" || isLate(record, fact),
    cases,
  };
}

/**
 * The money came, but the state says more than `paid` would: a refund is DOKU's later word, when the SUCCESS before it
 * arrives only now, and a reusable code that was paid is as payable as before.
 */
const staysAsItIs = ({ state, reusable }: PaymentContext): boolean =>
  !canTransition(state.status, "paid") || (reusable && isLive(state.status));

/** By the amount that was asked for when it was paid, which need not be the one of today. */
const isRightAmount = ({ amount, amountChanges }: PaymentContext, fact: PaymentUpdate): boolean =>
  fact.amount !== undefined && amountsAt(amount, amountChanges, fact.at).includes(fact.amount);

/**
 * A SUCCESS that is on record. The one that a status check brought is confirmed by its own notification too: left
 * unconfirmed, it would take the next payment's notification for its own.
 */
const decideKnown = ({ receipts }: PaymentContext, { source, identity }: PaymentUpdate): Decision =>
  source === "notification" && receipts.unconfirmed?.identity === identity
    ? { kind: "confirm" }
    : { kind: "repeat" };

/** A SUCCESS that is not the one on record. */
function decideAnother(record: PaymentContext, fact: PaymentUpdate): Decision {
  const { reusable } = record;
  // A status answer may leave out the identifiers, so it tells of no payment that we do not know already.
  if (fact.source === "status_check") return ignore("already_paid");
  if (confirms(record, fact)) return { kind: "confirm" };
  if (reusable) return { kind: "move", to: undefined, receipt: true, paidLate: false, cases: [] };
  // A one-time code counts once. Either DOKU's retry changed its identifiers or it was paid twice: a person decides.
  return review("paid_twice", record, fact);
}

/**
 * A status answer may leave out what makes a payment that payment, so that the notification of the same money looks like
 * another. Of a one-time code it is the same; of a reusable one by the acquirer's ids, or by the moment when there are none.
 */
function confirms({ receipts: { unconfirmed }, reusable }: PaymentContext, fact: PaymentUpdate): boolean {
  if (!unconfirmed || !reusable) return unconfirmed !== undefined;
  return isSamePayment({ acquirerIds: unconfirmed.acquirerIds, at: unconfirmed.paidAt }, fact);
}

const isLate = ({ expiresAt }: PaymentContext, fact: PaymentUpdate): boolean =>
  expiresAt !== undefined && fact.at.getTime() > expiresAt.getTime();
