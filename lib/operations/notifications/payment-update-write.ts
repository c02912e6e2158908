import type { Delivery, PaymentUpdateWrite, Match } from "@/db/queries/payment-updates";
import type { NewEvent } from "@/db/queries/orders";
import { toStateColumns } from "@/db/queries/payments";
import type { NameAndValue } from "@/db/schema";
import type { Snapshot } from "@/db/snapshots";
import type { CaseKind } from "@/lib/payment/case-kind";
import type { Decision } from "@/lib/payment/decide";
import type { PaymentUpdate } from "@/lib/payment/payment-update";
import type { PaymentStatus } from "@/lib/payment/payment";
import { findSolvedCases } from "@/lib/payment/solved-cases";
import { isFinal } from "@/lib/payment/payment-view";
import type { Deps } from "../deps";
import { computeNextCheck } from "../reconciliation/next-check";

export type DecisionWithEffect = Exclude<Decision, { kind: "repeat" | "ignore" }>;
/** Whether a decision changes more than the list of deliveries. */
export const changesOrder = (decision: Decision): decision is DecisionWithEffect =>
  decision.kind !== "repeat" && decision.kind !== "ignore";

export type DecidedUpdate = {
  incoming: { update: PaymentUpdate; identifiers: NameAndValue[] };
  snapshot: Snapshot;
  decision: DecisionWithEffect;
  delivery: Delivery | undefined;
  match: Match | undefined;
};

/** Everything that a payment update changes. Every value is decided here; the SQL only writes it. */
export function toUpdateWrite(deps: Deps, decided: DecidedUpdate): PaymentUpdateWrite {
  const { incoming, snapshot, decision, delivery, match } = decided;
  const { payment } = snapshot;
  const now = deps.now();
  const to = decision.kind === "move" ? decision.to : undefined;
  const columns = { ...payment, ...(to && toStateColumns(to)) };
  // Checks after an end count from now, not from DOKU's time of the end, which may be older than the whole schedule.
  const watched = { ...columns, closedAt: columns.closedAt && now };
  const cases = toCases(decision);
  const receipt = toReceipt(deps, decided);
  // The amount may have changed while the payment was on its way: what was paid becomes the amount. A reusable code
  // keeps its own.
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
      // Once late, always late.
      paidLate: payment.paidLate || (decision.kind === "move" && decision.paidLate),
    },
    nextCheck: asksAtOnce(decided)
      ? { rule: "bring_forward", at: now }
      : toNextCheck(payment.status, columns.status, computeNextCheck(watched, now) ?? null),
    endsChanges: columns.status !== "awaiting_payment",
    receipt,
    confirm: toConfirmation(decided),
    event: toEvent(deps, decided, now),
    cases: cases.map((kind) => ({ id: deps.newId(), kind })),
    solves: findSolvedCases(
      { reusable: payment.reusable, reviewed: snapshot.reviewed },
      decision,
      incoming.update,
    ),
    delivery,
    match,
  };
}

function toReceipt(
  deps: Deps,
  { incoming, snapshot, decision }: DecidedUpdate,
): PaymentUpdateWrite["receipt"] {
  if (decision.kind !== "move" || !decision.receipt) return undefined;
  const { payment } = snapshot;
  return {
    id: deps.newId(),
    identity: incoming.update.identity,
    amount: incoming.update.amount ?? payment.amount,
    paidAt: incoming.update.at,
    source: incoming.update.source,
    identifiers: incoming.identifiers,
    oneTime: !payment.reusable,
  };
}

function toConfirmation({ incoming, snapshot, decision }: DecidedUpdate): PaymentUpdateWrite["confirm"] {
  if (decision.kind !== "confirm") return undefined;
  if (!snapshot.unconfirmed) throw new Error("a confirmation without a receipt to confirm");
  const { receiptId } = snapshot.unconfirmed;
  return { receiptId, identity: incoming.update.identity, identifiers: incoming.identifiers };
}

/**
 * Money came that is in question: DOKU's status may answer it, and a person waits. Not after a status check, which has
 * just said it.
 */
const asksAtOnce = ({ incoming, decision }: DecidedUpdate): boolean =>
  decision.kind === "review" && incoming.update.source === "notification";

/** An update that changes no state, or ends the payment without money, does not postpone a check that is scheduled. */
function toNextCheck(
  from: PaymentStatus,
  to: PaymentStatus,
  at: Date | null,
): PaymentUpdateWrite["nextCheck"] {
  if (from === to) return { rule: "keep" };
  return { rule: isFinal(to) ? "replace" : "bring_forward", at };
}

const toCases = (decision: DecisionWithEffect): CaseKind[] =>
  decision.kind === "move" ? decision.cases : decision.kind === "review" ? [decision.case] : [];

function toEvent(
  deps: Deps,
  { incoming, snapshot, decision, delivery, match }: DecidedUpdate,
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
    reason: incoming.update.source,
    at: now,
    paymentId: payment.id,
    from: payment.status,
    to: decision.kind === "move" ? (decision.to?.status ?? payment.status) : payment.status,
    notificationId: delivery?.id ?? match?.notificationId,
    detail: {
      amount: incoming.update.amount ?? null,
      saidAt: incoming.update.at.toISOString(),
      ...(incoming.update.isArrivalTime && { isArrivalTime: true }),
      ...(cases.length > 0 && { cases }),
      // With these the same update is recognised later (db/snapshots.ts), so that it opens one case only.
      ...(decision.kind === "review" && {
        identity: incoming.update.identity,
        acquirerIds: incoming.update.acquirerIds,
      }),
      ...(decision.kind === "move" && decision.paidLate && { paidLate: true }),
    },
  };
}
