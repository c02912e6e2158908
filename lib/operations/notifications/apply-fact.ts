import { columnsOf, findSnapshots, stateOf } from "@/db/queries/payments";
import type { Snapshot } from "@/db/queries/payments";
import { lockOrder } from "@/db/queries/orders";
import type { NewEvent } from "@/db/queries/orders";
import { writeFacts } from "@/db/queries/facts";
import type { Delivery, FactWrite, Match, Writing } from "@/db/queries/facts";
import type { Db, Tx } from "@/db/database";
import type { NameAndValue, Verdict } from "@/db/schema";
import { getChannel } from "@/lib/channels/registry";
import { decide } from "@/lib/payment/decide";
import type { Decision, Fact } from "@/lib/payment/decide";
import type { InvoiceNumber } from "@/lib/payment/invoice-number";
import type { OrderId } from "@/lib/payment/order-id";
import type { Deps } from "../deps";
import { gather } from "./gather";
import { nextCheckOf } from "../reconciliation/next-check";

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

/** Words that come at the same moment share their round trips; each has a batch's worth of patience, then goes alone. */
const batchTries = 3;

/**
 * Applies what DOKU says of a payment. Notifications and status checks, in whatever order they come, all end here.
 * First without a lock and together with what else has just come: what was read is written only if the order has not
 * moved meanwhile. If it has, alone and under the order's lock, where nothing can move.
 */
export async function applyFact(deps: Deps, word: Word): Promise<Applied> {
  const applied = (await inBatches(deps, word)) ?? (await underLock(deps, word));
  if (applied.outcome === "decided" && applied.moved) deps.nudge(applied.snapshot.payment.orderId);
  return applied;
}

async function inBatches(deps: Deps, word: Word): Promise<Applied | undefined> {
  for (let tries = 0; tries < batchTries; tries += 1) {
    // A batch that fails as a whole may do so by the fault of one: each then meets its own fate alone.
    const applied = await batchOf(deps)(word).catch(() => "failed" as const);
    if (applied === "failed") return undefined;
    if (applied) return applied;
  }
  return undefined;
}

const batches = new WeakMap<Deps, (word: Word) => Promise<Applied | undefined>>();

function batchOf(deps: Deps): (word: Word) => Promise<Applied | undefined> {
  const known = batches.get(deps) ?? gather((words: Word[]) => attempt(deps.db, deps, words));
  batches.set(deps, known);
  return known;
}

async function underLock(deps: Deps, word: Word): Promise<Applied> {
  const applied = await deps.db.transaction(async (tx) => {
    const [snapshot] = await findSnapshots(tx, [askedBy(word)]);
    if (snapshot) await lockOrder(tx, snapshot.payment.orderId);
    const [done] = await attempt(tx, deps, [word]);
    return done;
  });
  if (!applied) throw new Error("an order moved under its own lock");
  return applied;
}

const askedBy = (word: Word) => ({ invoice: word.invoiceNumber, identity: word.fact.identity });

/** undefined for a word whose order moved between reading and writing, or that another word of the batch moves. */
async function attempt(db: Db | Tx, deps: Deps, words: Word[]): Promise<(Applied | undefined)[]> {
  const snapshots = await findSnapshots(db, words.map(askedBy));
  const writing: Writing = { writes: [], deliveries: [], matches: [] };
  const moved = new Set<OrderId>();
  const judged = words.map((word, at) => {
    const snapshot = snapshots[at];
    return snapshot
      ? judge(deps, { word, snapshot, writing, moved })
      : ({ outcome: "unknown_invoice" } as const);
  });
  if (writing.writes.length + writing.deliveries.length + writing.matches.length === 0) return judged;
  const written = await writeFacts(db, writing);
  return judged.map((applied) =>
    applied?.outcome === "decided" && applied.moved && !written.has(applied.snapshot.payment.orderId)
      ? undefined
      : applied,
  );
}

type Judging = { word: Word; snapshot: Snapshot; writing: Writing; moved: Set<OrderId> };

/** Decides one word and adds to the writing what follows from it. */
function judge(deps: Deps, { word, snapshot, writing, moved }: Judging): Applied | undefined {
  const { id: paymentId, orderId } = snapshot.payment;
  const decision = decide(recordOf(snapshot), word.fact);
  const isMove = moves(decision);
  if (isMove && moved.has(orderId)) return undefined;
  const { verdict, reason } = verdictOf(decision);
  const delivery: Delivery | undefined = word.delivery && {
    ...word.delivery,
    verdict,
    reason,
    orderId,
    paymentId,
  };
  const match = word.orphan
    ? { notificationId: word.orphan, paymentId, verdict, reason, at: deps.now() }
    : undefined;
  if (isMove) {
    moved.add(orderId);
    writing.writes.push(writeOf(deps, { word, snapshot, decision, delivery, match }));
  } else {
    if (delivery) writing.deliveries.push(delivery);
    if (match) writing.matches.push(match);
  }
  return { outcome: "decided", verdict, reason, snapshot, moved: isMove };
}

const recordOf = ({ payment, ...seen }: Snapshot) => ({
  state: stateOf(payment),
  amount: payment.amount,
  amountChanges: seen.amountChanges,
  expiresAt: payment.expiresAt ?? undefined,
  reusable: payment.reusable,
  failedEndsIt: getChannel(payment.channel).failedEndsIt,
  receipts: { count: seen.receiptCount, includesThis: seen.includesThis, unconfirmed: seen.unconfirmed },
  orderPaidByAnother: seen.orderPaidByAnother,
  reviewed: seen.reviewed,
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
  // An end is watched from when it was learnt: DOKU's word on it may be older than all that would be waited for.
  const watched = { ...columns, closedAt: columns.closedAt && now };
  const cases = decision.kind === "move" ? decision.cases : decision.kind === "review" ? [decision.case] : [];
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
      nextCheckAt: nextCheckOf(watched, now) ?? null,
    },
    receipt:
      decision.kind === "move" && decision.receipt
        ? {
            id: deps.newId(),
            identity: word.fact.identity,
            amount: word.fact.amount ?? payment.amount,
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
      // By these it is known again (db/queries/payments.ts): the same fact asks for a person once.
      ...(decision.kind === "review" && {
        identity: word.fact.identity,
        acquirerIds: word.fact.acquirerIds,
      }),
      ...(decision.kind === "move" && decision.paidLate && { paidLate: true }),
    },
  };
}
