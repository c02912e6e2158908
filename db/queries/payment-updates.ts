import { sql } from "drizzle-orm";
import type { CaseKind } from "@/lib/payment/case-kind";
import type { OrderId } from "@/lib/payment/order-id";
import type { Rupiah } from "@/lib/payment/rupiah";
import type { SolvedCases } from "@/lib/payment/solved-cases";
import { toAttributionColumns } from "../attribution";
import type { Db, Tx } from "../database";
import { writeStatement } from "./payment-updates-statement";
import type { NewEvent, OrderRow, PaymentRow } from "./orders";
import { rows } from "../rows";
import type { NameAndValue, Verdict } from "../schema";

/** One delivery of a notification, ready to be stored. */
export type Delivery = {
  id: string;
  receivedAt: Date;
  verdict: Verdict;
  reason: string;
  orderId: OrderId | undefined;
  paymentId: string | undefined;
  invoiceNumber: string | undefined;
  requestId: string | undefined;
  headers: Record<string, string>;
  body: Uint8Array | undefined;
  bodyDigest: string;
  verifiedBy: "current" | "previous" | undefined;
  /** Only for an orphan: the case that it opens, unless there is one with the same subject. */
  opens?: { caseId: string; subject: string };
};

export type NewReceipt = {
  id: string;
  identity: string;
  amount: Rupiah;
  paidAt: Date;
  source: "notification" | "status_check";
  identifiers: NameAndValue[];
  oneTime: boolean;
};

/** A stored orphan was matched with its payment. */
export type Match = { notificationId: string; paymentId: string; verdict: Verdict; reason: string; at: Date };

/**
 * What happens to the time of the next status check: it stays, is replaced, or is moved forward to `at`. A rule,
 * because the time may change without a new version of the order.
 */
export type NextCheck = { rule: "keep" } | { rule: "replace" | "bring_forward"; at: Date | null };

/** Everything that one payment update changes. Every value is decided; the statement only writes. */
export type PaymentUpdateWrite = {
  orderId: OrderId;
  /** The order's version when the decision was made. */
  seen: number;
  paymentId: string;
  order: Pick<OrderRow, "paidAt" | "amount">;
  change: Pick<PaymentRow, "status" | "amount" | "paidLate" | "paidAt" | "closedAt" | "failureReason">;
  nextCheck: NextCheck;
  /** An open change of the code becomes `overtaken`. */
  endsChanges: boolean;
  receipt: NewReceipt | undefined;
  /** Adds the notification's identity to a receipt from a status check. */
  confirm: (Pick<NewReceipt, "identity" | "identifiers"> & { receiptId: string }) | undefined;
  event: NewEvent;
  cases: { id: string; kind: CaseKind }[];
  /** Open cases of the payment that this update answers. */
  solves: SolvedCases | undefined;
  delivery: Delivery | undefined;
  match: Match | undefined;
};

/**
 * What one statement writes: at most one write per order, and any number of deliveries and matches that change nothing
 * else.
 */
export type WriteBatch = { writes: PaymentUpdateWrite[]; deliveries: Delivery[]; matches: Match[] };

/**
 * Writes decisions in one statement, which is one transaction and one round trip: each decision whole or not at all.
 * @returns the orders that were written. For an order that has changed since it was read, or is locked, nothing is
 * written, and the caller must decide again
 * @throws a unique violation when the same real payment was recorded concurrently; then nothing is written
 */
export async function writePaymentUpdates(db: Db | Tx, batch: WriteBatch): Promise<Set<OrderId>> {
  const document = JSON.stringify({
    writes: batch.writes.map(toWriteRow),
    deliveries: batch.deliveries.map(toDeliveryRow),
    matches: batch.matches,
  });
  const written = await rows<{ id: OrderId }>(
    db,
    sql`${sql.raw(writeStatement[0])}${document}${sql.raw(writeStatement[1])}`,
  );
  return new Set(written.map(({ id }) => id));
}

/** Stores one delivery that changes nothing else. */
export async function recordDelivery(db: Db | Tx, delivery: Delivery): Promise<void> {
  await writePaymentUpdates(db, { writes: [], deliveries: [delivery], matches: [] });
}

/** Records the match of an orphan that changes nothing else. */
export async function recordMatch(db: Db | Tx, match: Match): Promise<void> {
  await writePaymentUpdates(db, { writes: [], deliveries: [], matches: [match] });
}

/**
 * `change` is spread among the others and not first: V8 makes new hidden classes, in the memory that it seldom collects, for
 * members that are added to a spread object (docs/decisions/047-where-v8-allocates.md).
 */
const toWriteRow = (write: PaymentUpdateWrite) => {
  const { order, change, nextCheck, event, cases, delivery, match } = write;
  return {
    orderId: write.orderId,
    seen: write.seen,
    paymentId: write.paymentId,
    endsChanges: write.endsChanges,
    solves: write.solves,
    ...change,
    orderPaidAt: order.paidAt,
    orderAmount: order.amount,
    nextCheckRule: nextCheck.rule,
    nextCheckAt: nextCheck.rule === "keep" ? undefined : nextCheck.at,
    at: event.at,
    // The source of the receipt, confirmation, cases and event.
    notificationId: delivery?.id ?? match?.notificationId,
    receipt: write.receipt,
    confirm: write.confirm,
    event: { ...event, ...toAttributionColumns(event) },
    cases: cases.length > 0 ? cases : undefined,
    delivery: delivery && toDeliveryRow(delivery),
    match,
  };
};

/** JSON cannot hold bytes. */
const toDeliveryRow = ({ body, ...delivery }: Delivery) => ({
  ...delivery,
  body: body && Buffer.from(body).toString("base64"),
});
