import { stateOf } from "@/db/queries/payments";
import { findSnapshots } from "@/db/snapshots";
import type { Snapshot } from "@/db/snapshots";
import { lockOrder } from "@/db/queries/orders";
import { writeFacts } from "@/db/queries/payment-updates";
import type { Delivery, Writing } from "@/db/queries/payment-updates";
import type { Db, Tx } from "@/db/database";
import type { NameAndValue, Verdict } from "@/db/schema";
import { getChannel } from "@/lib/channels/registry";
import { decide } from "@/lib/payment/decide";
import type { Decision, PaymentUpdate } from "@/lib/payment/decide";
import type { InvoiceNumber } from "@/lib/payment/invoice-number";
import type { OrderId } from "@/lib/payment/order-id";
import type { Deps } from "../deps";
import { gather } from "./batch";
import { moves, toUpdateWrite } from "./payment-update-write";

/** A word of DOKU about an invoice, from either source. */
export type Word = {
  invoiceNumber: InvoiceNumber;
  fact: PaymentUpdate;
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
    writing.writes.push(toUpdateWrite(deps, { word, snapshot, decision, delivery, match }));
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
  failedIsFinal: getChannel(payment.channel).failedIsFinal,
  receipts: { count: seen.receiptCount, includesThis: seen.includesThis, unconfirmed: seen.unconfirmed },
  orderPaidByAnother: seen.orderPaidByAnother,
  reviewed: seen.reviewed,
});

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
