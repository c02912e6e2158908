import { and, asc, desc, eq, gte, isNotNull, isNull, lt, lte, not, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { OrderId } from "@/lib/payment/order-id";
import type { SessionStatus } from "@/lib/payment/session-status";
import { toAttributionColumns } from "../attribution";
import type { Db, Tx } from "../database";
import { isOneOf, isUniqueViolation, newestFirst, rows } from "../rows";
import { checkoutSessions, orderItems, orders, payments } from "../schema";
import type { AnswerToKeep } from "./idempotency";
import { newSessionStatement } from "./new-session-statement";
import type { NewEvent, NewOrderItem, OrderItemRow, OrderRow } from "./orders";

export type SessionRow = typeof checkoutSessions.$inferSelect;

export type NewSessionOrder = {
  order: Pick<
    OrderRow,
    | "id"
    | "checkoutKey"
    | "amount"
    | "customerName"
    | "customerEmail"
    | "customerPhone"
    | "billing"
    | "shipping"
    | "createdAt"
  >;
  items: readonly NewOrderItem[];
  session: Omit<SessionRow, "orderId" | "expiredAt" | "cancelledAt" | "paidAt" | "refundedAt">;
  event: Pick<NewEvent, "id" | "kind" | "at" | "actor" | "reason">;
};

/** The rows of a new order as they are stored. */
export type SessionOrderRows = { order: OrderRow; items: OrderItemRow[]; session: SessionRow };

export type InsertSessionOrder =
  | "inserted"
  /** There is an order with this checkout key. */
  | "known"
  /** The reference belongs to an open session. A transaction that this was part of cannot go on. */
  | "reference_in_use"
  /** The `Idempotency-Key` of the answer was used before. */
  | "key_in_use";

/** An order begins with 1, and its first event, which comes with it, has raised that. */
const version = 2;

export function toSessionOrderRows({ order, items, session }: NewSessionOrder): SessionOrderRows {
  const orderId = order.id;
  return {
    order: { ...order, locale: null, version, paidAt: null, updatedAt: order.createdAt },
    items: items.map(({ url = null, imageUrl = null, ...item }, position) => ({
      ...item,
      ...{ position, url, imageUrl, orderId },
    })),
    session: { ...session, orderId, expiredAt: null, cancelledAt: null, paidAt: null, refundedAt: null },
  };
}

/** An order to insert and, for a call with an `Idempotency-Key`, its answer. */
export type SessionOrderEntry = { order: NewSessionOrder; answer?: AnswerToKeep | undefined };

/** Inserts an order with its lines, its session, the first event of its history and the answer. */
export async function insertSessionOrder(db: Db | Tx, entry: SessionOrderEntry): Promise<InsertSessionOrder> {
  try {
    const [inserted] = await insertSessionOrders(db, [entry]);
    return inserted ? "inserted" : "known";
  } catch (error) {
    if (isUniqueViolation(error, "checkout_sessions_one_open")) return "reference_in_use";
    if (isUniqueViolation(error, "idempotency_keys_api_key_id_key_pk")) return "key_in_use";
    throw error;
  }
}

/**
 * The same for many at once.
 * @returns for each whether it was inserted; false where there is an order with this checkout key
 * @throws and inserts none where a reference or an `Idempotency-Key` is in use
 */
export async function insertSessionOrders(
  db: Db | Tx,
  entries: readonly SessionOrderEntry[],
): Promise<boolean[]> {
  const document = JSON.stringify({
    orders: entries.map(({ order: { order } }) => ({ ...order, version })),
    items: entries.flatMap(({ order: { order, items } }) =>
      items.map((item, position) => ({ ...item, position, orderId: order.id })),
    ),
    sessions: entries.map(({ order: { order, session } }) => ({ ...session, orderId: order.id })),
    events: entries.map(({ order: { order, event } }) => ({
      ...event,
      ...toAttributionColumns(event),
      orderId: order.id,
    })),
    answers: entries.flatMap(({ order: { order }, answer }) =>
      answer ? [{ ...answer, orderId: order.id }] : [],
    ),
  });
  const placed = await rows<{ id: string }>(
    db,
    sql`${sql.raw(newSessionStatement[0])}${document}${sql.raw(newSessionStatement[1])}`,
  );
  const ids = new Set(placed.map(({ id }) => id));
  return entries.map(({ order }) => ids.has(order.order.id));
}

export async function findSession(db: Db | Tx, orderId: OrderId): Promise<SessionRow | undefined> {
  const [session] = await db.select().from(checkoutSessions).where(eq(checkoutSessions.orderId, orderId));
  return session;
}

const isUnended = and(isNull(checkoutSessions.expiredAt), isNull(checkoutSessions.cancelledAt));

/** An order that was paid before the session's copy of that time was kept is found by its own alone. */
const isOpen = and(isNull(orders.paidAt), isNull(checkoutSessions.paidAt), isUnended);

/** The session that has this reference and is neither paid nor ended. */
export async function findOpenSession(db: Db, reference: string): Promise<OrderId | undefined> {
  const [open] = await db
    .select({ orderId: checkoutSessions.orderId })
    .from(checkoutSessions)
    .innerJoin(orders, eq(orders.id, checkoutSessions.orderId))
    .where(and(eq(checkoutSessions.reference, reference), isOpen))
    .limit(1);
  return open?.orderId;
}

export async function saveSessionEnd(
  tx: Tx,
  orderId: OrderId,
  end: Pick<SessionRow, "expiredAt"> | Pick<SessionRow, "cancelledAt">,
): Promise<void> {
  await tx
    .update(checkoutSessions)
    .set(end)
    .where(and(eq(checkoutSessions.orderId, orderId), isUnended));
}

/** Sessions whose time has passed, that nothing has ended yet and that no code is out for; the oldest first. */
export const listDueSessions = async (db: Db, now: Date, most: number): Promise<OrderId[]> =>
  (
    await db
      .select({ orderId: checkoutSessions.orderId })
      .from(checkoutSessions)
      .innerJoin(orders, eq(orders.id, checkoutSessions.orderId))
      .where(and(lte(checkoutSessions.expiresAt, now), isOpen, hasNoLivePayment))
      .orderBy(asc(checkoutSessions.expiresAt))
      .limit(most)
  ).map(({ orderId }) => orderId);

const hasNoLivePayment = sql`not exists (
  select from payments where payments.order_id = ${checkoutSessions.orderId}
  and payments.status in ('requested', 'awaiting_payment') and payments.superseded_at is null)`;

export type SessionFilter = {
  reference?: string | undefined;
  status?: SessionStatus | undefined;
  createdFrom?: Date | undefined;
  createdBefore?: Date | undefined;
  /** Only those after this one in the list. */
  after?: Pick<SessionRow, "orderId" | "createdAt"> | undefined;
  most: number;
};

/** Newest first, by an index for each filter, so that a million of them cost no more than a hundred. */
export async function listSessionIds(db: Db, filter: SessionFilter): Promise<OrderId[]> {
  const { reference, status, createdFrom, createdBefore, after, most } = filter;
  const found = await db
    .select({ orderId: checkoutSessions.orderId })
    .from(checkoutSessions)
    .innerJoin(orders, eq(orders.id, checkoutSessions.orderId))
    .where(
      and(
        reference === undefined ? undefined : eq(checkoutSessions.reference, reference),
        createdFrom && gte(checkoutSessions.createdAt, createdFrom),
        createdBefore && lt(checkoutSessions.createdAt, createdBefore),
        status && hasStatus[status],
        after &&
          sql`(${checkoutSessions.createdAt}, ${checkoutSessions.orderId}) < (${after.createdAt.toISOString()}::timestamptz, ${after.orderId})`,
      ),
    )
    .orderBy(...newestFirst(checkoutSessions.createdAt, checkoutSessions.orderId))
    .limit(most);
  return found.map(({ orderId }) => orderId);
}

const hasRefund = sql`${checkoutSessions.refundedAt} is not null`;
const hasPaid = sql`exists (select from payments where payments.order_id = ${orders.id} and payments.status = 'paid')`;

const isRefunded = and(hasRefund, not(hasPaid));
const isUnpaid = and(isNull(orders.paidAt), not(hasRefund));

/** The same rules as `toSessionStatus` in lib/payment. */
const hasStatus: Record<SessionStatus, SQL | undefined> = {
  open: and(isOpen, not(hasRefund)),
  paid: sql`${orders.paidAt} is not null and (${hasPaid} or not ${hasRefund})`,
  refunded: isRefunded,
  expired: and(isUnpaid, isNotNull(checkoutSessions.expiredAt)),
  cancelled: and(isUnpaid, isNotNull(checkoutSessions.cancelledAt)),
};

/**
 * What the API shows of some orders, in four queries for all of them; payments with the newest first. In a
 * transaction that reads as of one moment, so that all of it is of the order's version.
 */
export async function loadSessionRows(tx: Tx, ids: readonly OrderId[]) {
  const found = await tx.select().from(orders).where(isOneOf(orders.id, ids));
  const [items, sessions, attempts] = await Promise.all([
    tx.select().from(orderItems).where(isOneOf(orderItems.orderId, ids)).orderBy(asc(orderItems.position)),
    tx.select().from(checkoutSessions).where(isOneOf(checkoutSessions.orderId, ids)),
    tx.select().from(payments).where(isOneOf(payments.orderId, ids)).orderBy(desc(payments.attempt)),
  ]);
  return { orders: found, items, sessions, payments: attempts };
}
