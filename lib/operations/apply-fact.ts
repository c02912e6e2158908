import { columnsOf, findSnapshot, stateOf } from "@/db/payments";
import type { Snapshot } from "@/db/payments";
import { lockOrder } from "@/db/orders";
import type { NewEvent } from "@/db/orders";
import { recordDelivery, recordMatch, writeFact } from "@/db/facts";
import type { Delivery, FactWrite, Match } from "@/db/facts";
import { isUniqueViolation } from "@/db/rows";
import type { Db, Tx } from "@/db/database";
import type { NameAndValue, Verdict } from "@/db/schema";
import { getChannel } from "../channels/registry";
import { decide } from "../payment/decide";
import type { Decision, Fact } from "../payment/decide";
import type { InvoiceNumber } from "../payment/invoice-number";
import { nextCheckAt } from "../payment/schedule";
import type { Deps } from "./deps";

/** A word of DOKU about an invoice, from either source. */
export type Word = {
  invoiceNumber: InvoiceNumber;
  fact: Fact;
  identifiers: NameAndValue[];
  /** The delivery to keep with it; undefined for a status check. */
  delivery: Undecided | undefined;
  /** The id of an orphan kept earlier, when it is that orphan's turn again. */
  orphan?: string;
};

export type Undecided = Omit<Delivery, "verdict" | "reason" | "orderId" | "paymentId">;

export type Applied =
  | { outcome: "decided"; verdict: Verdict; reason: string; snapshot: Snapshot; moved: boolean }
  | { outcome: "unknown_invoice" };

/**
 * Applies what DOKU says of a payment. Notifications and status checks, in whatever order they come, all end here.
 * First without a lock: what was read is written only if the order has not moved meanwhile. If it has, once more under
 * the order's lock, where nothing can move.
 */
export async function applyFact(deps: Deps, word: Word): Promise<Applied> {
  const first = await attempt(deps.db, deps, word);
  const applied = first ?? (await underLock(deps, word));
  if (applied.outcome === "decided" && applied.moved) deps.nudge(applied.snapshot.payment.orderId);
  return applied;
}

async function underLock(deps: Deps, word: Word): Promise<Applied> {
  const applied = await deps.db.transaction(async (tx) => {
    const snapshot = await findSnapshot(tx, word.invoiceNumber, word.fact.identity);
    if (snapshot) await lockOrder(tx, snapshot.payment.orderId);
    return attempt(tx, deps, word);
  });
  if (!applied) throw new Error("an order moved under its own lock");
  return applied;
}

/** undefined when the order moved between reading and writing. */
async function attempt(db: Db | Tx, deps: Deps, word: Word): Promise<Applied | undefined> {
  const snapshot = await findSnapshot(db, word.invoiceNumber, word.fact.identity);
  if (!snapshot) return { outcome: "unknown_invoice" };
  const decision = decide(recordOf(snapshot), word.fact);
  const applied = { outcome: "decided", ...verdictOf(decision), snapshot, moved: moves(decision) } as const;
  const delivery: Delivery | undefined = word.delivery && {
    ...word.delivery,
    verdict: applied.verdict,
    reason: applied.reason,
    orderId: snapshot.payment.orderId,
    paymentId: snapshot.payment.id,
  };
  const match = word.orphan ? { notificationId: word.orphan, ...verdictOf(decision) } : undefined;
  if (!moves(decision)) {
    if (delivery) await recordDelivery(db, delivery);
    if (match) await recordMatch(db, { ...match, paymentId: snapshot.payment.id, matchedAt: deps.now() });
    return applied;
  }
  return (await write(db, writeOf(deps, { word, snapshot, decision, delivery, match })))
    ? applied
    : undefined;
}

/** The same payment recorded twice in one moment shows as a unique violation: then the order has moved. */
async function write(db: Db | Tx, fact: FactWrite): Promise<boolean> {
  try {
    return await writeFact(db, fact);
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}

const recordOf = ({ payment, ...seen }: Snapshot) => ({
  state: stateOf(payment),
  amount: payment.amount,
  expiresAt: payment.expiresAt ?? undefined,
  reusable: payment.reusable,
  failedEndsIt: getChannel(payment.channel).failedEndsIt,
  receipts: { count: seen.receiptCount, includesThis: seen.includesThis, unconfirmed: seen.unconfirmed },
  orderPaidByAnother: seen.orderPaidByAnother,
});

type Moving = Exclude<Decision, { kind: "repeat" | "ignore" }>;
const moves = (decision: Decision): decision is Moving =>
  decision.kind !== "repeat" && decision.kind !== "ignore";

function verdictOf(decision: Decision): { verdict: Verdict; reason: string } {
  switch (decision.kind) {
    case "move":
      return { verdict: "applied", reason: decision.to?.status ?? "paid_again" };
    case "confirm":
      return { verdict: "repeat", reason: "confirms_status_check" };
    case "repeat":
      return { verdict: "repeat", reason: "same_payment" };
    case "ignore":
      return { verdict: "ignored", reason: decision.because };
    case "review":
      return decision.case === "amount_differs"
        ? { verdict: "amount_differs", reason: "amount_differs" }
        : { verdict: "needs_review", reason: decision.case };
  }
}

type Decided = {
  word: Word;
  snapshot: Snapshot;
  decision: Moving;
  delivery: Delivery | undefined;
  match: Match | undefined;
};

function writeOf(deps: Deps, decided: Decided): FactWrite {
  const { word, snapshot, decision, delivery, match } = decided;
  const { payment } = snapshot;
  const now = deps.now();
  const to = decision.kind === "move" ? decision.to : undefined;
  const columns = { ...payment, ...(to && columnsOf(to)) };
  const cases = decision.kind === "move" ? decision.cases : decision.kind === "review" ? [decision.case] : [];
  const watched = {
    status: columns.status,
    tries: payment.tries,
    expiresAt: columns.expiresAt ?? undefined,
    closedAt: columns.closedAt ?? undefined,
    refused: columns.failureReason === "refused",
  };
  return {
    orderId: payment.orderId,
    seen: snapshot.version,
    paymentId: payment.id,
    change: {
      status: columns.status,
      paidAt: columns.paidAt,
      closedAt: columns.closedAt,
      failureReason: columns.failureReason,
      paidLate: decision.kind === "move" && decision.paidLate,
      nextCheckAt: nextCheckAt(watched, now) ?? null,
    },
    receipt:
      decision.kind === "move" && decision.receipt
        ? {
            id: deps.newId(),
            identity: word.fact.identity,
            amount: payment.amount,
            paidAt: word.fact.at,
            source: word.fact.source,
            identifiers: word.identifiers,
            oneTime: !payment.reusable,
          }
        : undefined,
    confirm:
      decision.kind === "confirm"
        ? { identity: word.fact.identity, identifiers: word.identifiers }
        : undefined,
    event: eventOf(deps, decided, now),
    cases: cases.map((kind) => ({ id: deps.newId(), kind })),
    delivery,
    match,
  };
}

function eventOf(deps: Deps, { word, snapshot, decision, delivery, match }: Decided, now: Date): NewEvent {
  const { payment } = snapshot;
  const kinds = { move: "moved", confirm: "confirmed", review: "needs_review" } as const;
  const again = decision.kind === "move" && decision.to === undefined;
  const cases = decision.kind === "move" ? decision.cases : decision.kind === "review" ? [decision.case] : [];
  return {
    id: deps.newId(),
    kind: again ? "paid_again" : kinds[decision.kind],
    cause: word.fact.source,
    at: now,
    paymentId: payment.id,
    from: payment.status,
    to: decision.kind === "move" ? (decision.to?.status ?? payment.status) : payment.status,
    notificationId: delivery?.id ?? match?.notificationId,
    detail: {
      amount: word.fact.amount ?? null,
      saidAt: word.fact.at.toISOString(),
      ...(cases.length > 0 && { cases }),
      ...(decision.kind === "move" && decision.paidLate && { paidLate: true }),
    },
  };
}
