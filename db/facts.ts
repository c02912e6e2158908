import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { CaseKind } from "../lib/payment/decide";
import type { OrderId } from "../lib/payment/order-id";
import type { Rupiah } from "../lib/payment/rupiah";
import type { Db, Tx } from "./database";
import type { NewEvent, PaymentRow } from "./orders";
import { rows } from "./rows";
import { notificationMatches } from "./schema";
import type { NameAndValue, Verdict } from "./schema";

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

/** All that one word of DOKU changes. */
export type FactWrite = {
  orderId: OrderId;
  /** The order's version when the decision was made. */
  seen: number;
  paymentId: string;
  change: Pick<PaymentRow, "status" | "paidLate"> &
    Pick<PaymentRow, "paidAt" | "closedAt" | "failureReason" | "nextCheckAt">;
  receipt: NewReceipt | undefined;
  /** Gives the receipt that a status check brought the identity of its notification. */
  confirm: Pick<NewReceipt, "identity" | "identifiers"> | undefined;
  event: NewEvent;
  cases: { id: string; kind: CaseKind }[];
  delivery: Delivery | undefined;
  /** An orphan kept earlier whose payment this is. */
  match: Match | undefined;
};

export type Match = { notificationId: string; verdict: Verdict; reason: string };

// Values inside a CTE's select list have no column to take their type from, so each says its own.
const moment = (date: Date | null | undefined): SQL => sql`${date?.toISOString() ?? null}::timestamptz`;
const json = (value: unknown): SQL => sql`${value === undefined ? null : JSON.stringify(value)}::jsonb`;
const text = (value: string | null | undefined): SQL => sql`${value ?? null}::text`;
const id = (value: string | null | undefined): SQL => sql`${value ?? null}::uuid`;
const bytes = (value: Uint8Array | undefined): SQL => sql`${value ?? null}::bytea`;

const deliveryColumns = sql`id, received_at, verdict, reason, order_id, payment_id, invoice_number, request_id, headers, body, body_digest, verified_by`;

const deliveryValues = (delivery: Delivery): SQL => sql`${id(delivery.id)}, ${moment(delivery.receivedAt)},
  ${text(delivery.verdict)}, ${text(delivery.reason)}, ${text(delivery.orderId)}, ${id(delivery.paymentId)},
  ${text(delivery.invoiceNumber)}, ${text(delivery.requestId)}, ${json(delivery.headers)}, ${bytes(delivery.body)},
  ${text(delivery.bodyDigest)}, ${text(delivery.verifiedBy)}`;

/** Keeps that an orphan has found its payment, when it changes nothing else. */
export async function recordMatch(
  db: Db | Tx,
  match: Match & { paymentId: string; matchedAt: Date },
): Promise<void> {
  await db.insert(notificationMatches).values(match).onConflictDoNothing();
}

/** Keeps a delivery that changes nothing else. */
export async function recordDelivery(db: Db | Tx, delivery: Delivery): Promise<void> {
  await rows(db, sql`insert into notifications (${deliveryColumns}) values (${deliveryValues(delivery)})`);
}

/**
 * Writes a decision, all of it or nothing, in one statement: it is its own transaction and costs one round trip.
 * @returns false when the order has moved since it was read; then nothing is written and the caller decides anew.
 * @throws a unique violation when the same real payment was recorded at the same moment
 */
export async function writeFact(db: Db | Tx, write: FactWrite): Promise<boolean> {
  const parts: SQL[] = [orderPart(write), paymentPart(write), eventPart(write)];
  if (write.delivery) parts.push(deliveryPart(write.delivery));
  if (write.match) parts.push(matchPart(write, write.match));
  if (write.receipt) parts.push(receiptPart(write, write.receipt));
  if (write.confirm) parts.push(confirmPart(write, write.confirm));
  for (const opened of write.cases) parts.push(casePart(write, opened));
  const written = await rows<{ version: number }>(
    db,
    sql`with ${sql.join(parts, sql`, `)} select version from o`,
  );
  return written.length === 1;
}

const orderPart = ({ orderId, seen, receipt, event }: FactWrite): SQL => sql`o as (
  update orders set version = version + 1, updated_at = ${moment(event.at)},
    paid_at = coalesce(paid_at, ${moment(receipt?.paidAt)})
  where id = ${text(orderId)} and version = ${seen}::int returning version)`;

const paymentPart = ({ paymentId, change }: FactWrite): SQL => sql`p as (
  update payments set status = ${text(change.status)}, paid_at = ${moment(change.paidAt)},
    closed_at = ${moment(change.closedAt)}, failure_reason = ${text(change.failureReason)},
    paid_late = ${change.paidLate}::boolean, next_check_at = ${moment(change.nextCheckAt)}
  from o where id = ${id(paymentId)})`;

const deliveryPart = (delivery: Delivery): SQL =>
  sql`d as (insert into notifications (${deliveryColumns}) select ${deliveryValues(delivery)} from o)`;

const eventPart = ({ orderId, event }: FactWrite): SQL => sql`e as (
  insert into payment_events (id, order_id, version, payment_id, kind, from_status, to_status, cause, notification_id, detail, at)
  select ${id(event.id)}, ${text(orderId)}, o.version, ${id(event.paymentId)}, ${text(event.kind)}, ${text(event.from)},
    ${text(event.to)}, ${text(event.cause)}, ${id(event.notificationId)}, ${json(event.detail)}, ${moment(event.at)} from o)`;

const receiptPart = (
  { orderId, paymentId, delivery, match, event }: FactWrite,
  receipt: NewReceipt,
): SQL => sql`r as (
  insert into receipts (id, identity, payment_id, order_id, amount, paid_at, source, notification_id, identifiers, one_time, created_at)
  select ${id(receipt.id)}, ${text(receipt.identity)}, ${id(paymentId)}, ${text(orderId)}, ${receipt.amount}::bigint,
    ${moment(receipt.paidAt)}, ${text(receipt.source)}, ${id(delivery?.id ?? match?.notificationId)}, ${json(receipt.identifiers)},
    ${receipt.oneTime}::boolean, ${moment(event.at)} from o)`;

const confirmPart = (
  { paymentId, delivery, match, event }: FactWrite,
  { identity, identifiers }: Pick<NewReceipt, "identity" | "identifiers">,
): SQL => sql`r as (
  insert into receipt_confirmations (receipt_id, identity, notification_id, identifiers, created_at)
  select r.id, ${text(identity)}, ${id(delivery?.id ?? match?.notificationId)}, ${json(identifiers)}, ${moment(event.at)}
  from o, receipts r where r.payment_id = ${id(paymentId)} and r.source = 'status_check')`;

const matchPart = ({ paymentId, event }: FactWrite, match: Match): SQL => sql`m as (
  insert into notification_matches (notification_id, payment_id, verdict, reason, matched_at)
  select ${id(match.notificationId)}, ${id(paymentId)}, ${text(match.verdict)}, ${text(match.reason)}, ${moment(event.at)} from o)`;

const casePart = (
  { orderId, paymentId, delivery, match, event }: FactWrite,
  opened: { id: string; kind: CaseKind },
): SQL =>
  sql`${sql.raw(`c_${opened.kind}`)} as (
  insert into cases (id, kind, order_id, payment_id, notification_id, opened_at)
  select ${id(opened.id)}, ${text(opened.kind)}, ${text(orderId)}, ${id(paymentId)},
    ${id(delivery?.id ?? match?.notificationId)}, ${moment(event.at)} from o on conflict do nothing)`;
