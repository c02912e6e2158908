import { sql } from "drizzle-orm";
import type { CaseKind } from "@/lib/payment/decide";
import type { OrderId } from "@/lib/payment/order-id";
import type { Rupiah } from "@/lib/payment/rupiah";
import { toAttributionColumns } from "../attribution";
import type { Db, Tx } from "../database";
import { writeStatement } from "./payment-updates-statement";
import type { NewEvent, OrderRow, PaymentRow } from "./orders";
import { rows } from "../rows";
import type { NameAndValue, Verdict } from "../schema";

/** One arrival at the notification address, ready to be kept. */
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
  /** Of an orphan: the case that it opens, unless there was one about the same. */
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

/** That an orphan kept earlier has found its payment. */
export type Match = { notificationId: string; paymentId: string; verdict: Verdict; reason: string; at: Date };

/**
 * What becomes of the time of the next status check: it stays, is another one, or comes no later than another one. The
 * rule is decided and the time is not, because it may be moved without a new version of the order.
 */
export type NextCheck = { rule: "keep" } | { rule: "replace" | "bring_forward"; at: Date | null };

/** All that one word of DOKU changes. Every value is decided: the statement only writes. */
export type PaymentUpdateWrite = {
  orderId: OrderId;
  /** The order's version when the decision was made. */
  seen: number;
  paymentId: string;
  order: Pick<OrderRow, "paidAt" | "amount">;
  change: Pick<PaymentRow, "status" | "amount" | "paidLate" | "paidAt" | "closedAt" | "failureReason">;
  nextCheck: NextCheck;
  /** A change of the code that DOKU has not answered no longer matters. */
  endsChanges: boolean;
  receipt: NewReceipt | undefined;
  /** Gives the receipt that a status check brought the identity of its notification. */
  confirm: (Pick<NewReceipt, "identity" | "identifiers"> & { receiptId: string }) | undefined;
  event: NewEvent;
  cases: { id: string; kind: CaseKind }[];
  delivery: Delivery | undefined;
  match: Match | undefined;
};

/** What is written at once. At most one write for an order; deliveries and matches that change nothing else as many. */
export type Writing = { writes: PaymentUpdateWrite[]; deliveries: Delivery[]; matches: Match[] };

/**
 * Writes decisions in one statement, which is its own transaction and one round trip: each of them whole or not at all.
 * @returns the orders that were written. One that has moved since it was read, or that somebody holds at this moment, is
 * not among them, and nothing of it is written: its caller decides anew
 * @throws a unique violation when a real payment was recorded twice at the same moment; then nothing at all is written
 */
export async function writeFacts(db: Db | Tx, writing: Writing): Promise<Set<OrderId>> {
  const told = JSON.stringify({
    writes: writing.writes.map(rowOf),
    deliveries: writing.deliveries.map(deliveryOf),
    matches: writing.matches,
  });
  const written = await rows<{ id: OrderId }>(
    db,
    sql`${sql.raw(writeStatement[0])}${told}${sql.raw(writeStatement[1])}`,
  );
  return new Set(written.map(({ id }) => id));
}

/** Keeps one delivery that changes nothing else. */
export async function recordDelivery(db: Db | Tx, delivery: Delivery): Promise<void> {
  await writeFacts(db, { writes: [], deliveries: [delivery], matches: [] });
}

/** Keeps that an orphan found its payment, when that changes nothing else. */
export async function recordMatch(db: Db | Tx, match: Match): Promise<void> {
  await writeFacts(db, { writes: [], deliveries: [], matches: [match] });
}

const rowOf = ({
  order,
  change,
  nextCheck,
  receipt,
  event,
  confirm,
  cases,
  delivery,
  match,
  ...write
}: PaymentUpdateWrite) => ({
  ...write,
  orderPaidAt: order.paidAt,
  orderAmount: order.amount,
  ...change,
  nextCheckRule: nextCheck.rule,
  nextCheckAt: nextCheck.rule === "keep" ? undefined : nextCheck.at,
  at: event.at,
  // Where a receipt, a confirmation, a case or an event says by which message it came.
  notificationId: delivery?.id ?? match?.notificationId,
  receipt,
  confirm,
  event: { ...event, ...toAttributionColumns(event) },
  cases: cases.length > 0 ? cases : undefined,
  delivery: delivery && deliveryOf(delivery),
  match,
});

/** JSON has no bytes. */
const deliveryOf = ({ body, ...delivery }: Delivery) => ({
  ...delivery,
  body: body && Buffer.from(body).toString("base64"),
});
