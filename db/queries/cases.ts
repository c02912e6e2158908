import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { moneyCaseKinds } from "@/lib/payment/case-kind";
import type { CaseKind } from "@/lib/payment/case-kind";
import type { OrderId } from "@/lib/payment/order-id";
import type { SolvedCases } from "@/lib/payment/solved-cases";
import { toAttribution } from "../attribution";
import type { Db, Tx } from "../database";
import { isOneOf } from "../rows";
import { cases, paymentEvents } from "../schema";

/**
 * Opens a case, at most one of a kind for a payment, also after it was closed. The caller holds the order's lock.
 * @returns whether it was opened
 */
export async function openCase(
  tx: Tx,
  { newId, now }: { newId: () => string; now: () => Date },
  opened: { kind: CaseKind; orderId: OrderId; paymentId: string },
): Promise<boolean> {
  const { kind, orderId, paymentId } = opened;
  const before = and(eq(cases.orderId, orderId), eq(cases.paymentId, paymentId), eq(cases.kind, kind));
  if ((await tx.$count(cases, before)) > 0) return false;
  await tx.insert(cases).values({ id: newId(), openedAt: now(), ...opened });
  return true;
}

/**
 * SQL condition on `cases`: a person must decide. A matched orphan needs no decision, although its case was not closed.
 */
export const isOpen = sql`cases.closed_at is null and not (cases.kind = 'orphan' and exists (
  select 1 from notification_matches m where m.notification_id = cases.notification_id))`;

/** Money of an order that is in question. `reported`: what DOKU said of it last, null when that was no amount. */
export type Review = { reported: number | null };

/** The oldest open case about money that came in for an order; undefined when there is none. */
export async function findReview(db: Db | Tx, id: OrderId): Promise<Review | undefined> {
  const [open] = await db
    .select({ reported: selectReportedAmount(sql`cases`) })
    .from(cases)
    .where(and(eq(cases.orderId, id), isNull(cases.closedAt), inArray(cases.kind, moneyCaseKinds)))
    .orderBy(asc(cases.openedAt), asc(cases.id))
    .limit(1);
  return open;
}

/** Which of these orders have money in question. */
export async function listUnderReview(db: Db | Tx, ids: readonly OrderId[]): Promise<Set<OrderId>> {
  const found = await db
    .selectDistinct({ orderId: cases.orderId })
    .from(cases)
    .where(and(isOneOf(cases.orderId, ids), isNull(cases.closedAt), inArray(cases.kind, moneyCaseKinds)));
  return new Set(found.flatMap(({ orderId }) => orderId ?? []));
}

/** Whether a person gave the money back that a payment has on record, after it had been cancelled. */
export async function wasReturned(db: Db | Tx, paymentId: string): Promise<boolean> {
  const returned = and(
    eq(cases.paymentId, paymentId),
    eq(cases.kind, "paid_after_cancel"),
    eq(cases.resolution, "returned"),
  );
  return (await db.$count(cases, returned)) > 0;
}

/**
 * From the newest event of the case, which has the amount of the notification or status check.
 * @param of the name of the table of cases in the query
 */
export const selectReportedAmount = (of: SQL) => sql<number | null>`(select (e.detail->>'amount')::float8
  from payment_events e where e.order_id = ${of}.order_id and e.payment_id = ${of}.payment_id
    and e.detail->'cases' ? ${of}.kind
  order by e.version desc limit 1)`;

export type CaseRow = typeof cases.$inferSelect;

export async function findCase(tx: Tx, id: string): Promise<CaseRow | undefined> {
  if (!isUuid(id)) return undefined;
  const [found] = await tx.select().from(cases).where(eq(cases.id, id));
  return found;
}

/** @returns false when it was closed already */
export async function closeOpenCase(
  tx: Tx,
  id: string,
  closing: Pick<CaseRow, "closedAt" | "closedBy" | "note" | "resolution" | "returnedOn" | "returnedHow">,
): Promise<boolean> {
  const closed = await tx
    .update(cases)
    .set(closing)
    .where(and(eq(cases.id, id), isNull(cases.closedAt)))
    .returning({ id: cases.id });
  return closed.length === 1;
}

/** Closes the open cases of a payment that a fact answers. The caller holds the order's lock. */
export const closeSolvedCases = (
  tx: Tx,
  paymentId: string,
  { fact, kinds, at }: SolvedCases & { at: Date },
): Promise<unknown> =>
  tx
    .update(cases)
    .set({ closedAt: at, note: fact, resolution: "solved" })
    .where(and(eq(cases.paymentId, paymentId), isNull(cases.closedAt), inArray(cases.kind, kinds)));

/** The events that brought a case, oldest first: reports of money that is not on record. */
export async function listReviewEvents(tx: Tx, paymentId: string, kind: CaseKind) {
  const found = await tx
    .select()
    .from(paymentEvents)
    .where(
      and(
        eq(paymentEvents.paymentId, paymentId),
        eq(paymentEvents.kind, "needs_review"),
        sql`${paymentEvents.detail} -> 'cases' ? ${kind}`,
      ),
    )
    .orderBy(asc(paymentEvents.version));
  return found.map((event) => ({ ...event, reason: toAttribution(event).reason }));
}

/** PostgreSQL throws when a uuid column is compared with other text. */
const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
