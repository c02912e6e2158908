import type { Delivery, PaymentUpdateWrite, Match } from "@/db/queries/payment-updates";
import type { NewEvent } from "@/db/queries/orders";
import { columnsOf } from "@/db/queries/payments";
import type { NameAndValue } from "@/db/schema";
import type { Snapshot } from "@/db/snapshots";
import type { CaseKind, Decision, PaymentUpdate } from "@/lib/payment/decide";
import type { PaymentStatus } from "@/lib/payment/payment";
import { isFinal } from "@/lib/payment/payment-view";
import type { Deps } from "../deps";
import { nextCheckOf } from "../reconciliation/next-check";

export type WritingDecision = Exclude<Decision, { kind: "repeat" | "ignore" }>;
/** Whether a decision changes anything but the list of deliveries. */
export const moves = (decision: Decision): decision is WritingDecision =>
  decision.kind !== "repeat" && decision.kind !== "ignore";

export type DecidedUpdate = {
  word: { fact: PaymentUpdate; identifiers: NameAndValue[] };
  snapshot: Snapshot;
  decision: WritingDecision;
  delivery: Delivery | undefined;
  match: Match | undefined;
};

/** All that an update by DOKU changes, every value of it decided here. */
export function toUpdateWrite(deps: Deps, decided: DecidedUpdate): PaymentUpdateWrite {
  const { snapshot, decision, delivery, match } = decided;
  const { payment } = snapshot;
  const now = deps.now();
  const to = decision.kind === "move" ? decision.to : undefined;
  const columns = { ...payment, ...(to && columnsOf(to)) };
  // An end is watched from when it was learnt: DOKU's word on it may be older than all that would be waited for.
  const watched = { ...columns, closedAt: columns.closedAt && now };
  const cases = toCases(decision);
  const receipt = toReceipt(deps, decided);
  // What was paid is what was asked for, when the amount was changed on the way; a reusable code goes on asking for its own.
  const amountPaid = receipt?.oneTime ? receipt.amount : undefined;
  return {
    orderId: payment.orderId,
    seen: snapshot.version,
    order: {
      paidAt: snapshot.order.paidAt ?? receipt?.paidAt ?? null,
      amount: (snapshot.order.paidAt ? undefined : amountPaid) ?? snapshot.order.amount,
    },
    paymentId: payment.id,
    change: {
      status: columns.status,
      amount: amountPaid ?? payment.amount,
      paidAt: columns.paidAt,
      closedAt: columns.closedAt,
      failureReason: columns.failureReason,
      // A payment that was late stays so, whatever comes after.
      paidLate: payment.paidLate || (decision.kind === "move" && decision.paidLate),
    },
    nextCheck: toNextCheck(payment.status, columns.status, nextCheckOf(watched, now) ?? null),
    endsChanges: columns.status !== "awaiting_payment",
    receipt,
    confirm: toConfirmation(decided),
    event: eventOf(deps, decided, now),
    cases: cases.map((kind) => ({ id: deps.newId(), kind })),
    delivery,
    match,
  };
}

function toReceipt(deps: Deps, { word, snapshot, decision }: DecidedUpdate): PaymentUpdateWrite["receipt"] {
  if (decision.kind !== "move" || !decision.receipt) return undefined;
  const { payment } = snapshot;
  return {
    id: deps.newId(),
    identity: word.fact.identity,
    amount: word.fact.amount ?? payment.amount,
    paidAt: word.fact.at,
    source: word.fact.source,
    identifiers: word.identifiers,
    oneTime: !payment.reusable,
  };
}

function toConfirmation({ word, snapshot, decision }: DecidedUpdate): PaymentUpdateWrite["confirm"] {
  if (decision.kind !== "confirm") return undefined;
  if (!snapshot.unconfirmed) throw new Error("a confirmation of no receipt");
  const { receiptId } = snapshot.unconfirmed;
  return { receiptId, identity: word.fact.identity, identifiers: word.identifiers };
}

/** A check that was asked for is not put off by an update that moves nothing or ends the payment without money. */
function toNextCheck(
  from: PaymentStatus,
  to: PaymentStatus,
  at: Date | null,
): PaymentUpdateWrite["nextCheck"] {
  if (from === to) return { rule: "keep" };
  return { rule: isFinal(to) ? "replace" : "bring_forward", at };
}

const toCases = (decision: WritingDecision): CaseKind[] =>
  decision.kind === "move" ? decision.cases : decision.kind === "review" ? [decision.case] : [];

function eventOf(
  deps: Deps,
  { word, snapshot, decision, delivery, match }: DecidedUpdate,
  now: Date,
): NewEvent {
  const { payment } = snapshot;
  const kinds = { move: "moved", confirm: "confirmed", review: "needs_review" } as const;
  const again = decision.kind === "move" && decision.to === undefined;
  const cases = toCases(decision);
  return {
    id: deps.newId(),
    kind: again ? "paid_again" : kinds[decision.kind],
    actor: "doku",
    reason: word.fact.source,
    at: now,
    paymentId: payment.id,
    from: payment.status,
    to: decision.kind === "move" ? (decision.to?.status ?? payment.status) : payment.status,
    notificationId: delivery?.id ?? match?.notificationId,
    detail: {
      amount: word.fact.amount ?? null,
      saidAt: word.fact.at.toISOString(),
      ...(cases.length > 0 && { cases }),
      // By these it is known again (db/queries/payments.ts): the same fact asks for a person once.
      ...(decision.kind === "review" && {
        identity: word.fact.identity,
        acquirerIds: word.fact.acquirerIds,
      }),
      ...(decision.kind === "move" && decision.paidLate && { paidLate: true }),
    },
  };
}
