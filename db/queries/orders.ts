import { asc, desc, eq, sql } from "drizzle-orm";
import type { OrderId } from "@/lib/payment/order-id";
import type { PaymentStatus } from "@/lib/payment/payment";
import type { Db, Tx } from "../database";
import { cases, orderItems, orders, paymentEvents, payments } from "../schema";
import type { EventCause, EventKind } from "../schema";

export type OrderRow = typeof orders.$inferSelect;
export type OrderItemRow = typeof orderItems.$inferSelect;
export type PaymentRow = typeof payments.$inferSelect;

/** Adds an order with its lines; undefined when the checkout key has made one already. */
export async function insertOrder(
  tx: Tx,
  order: Pick<OrderRow, "id" | "checkoutKey" | "amount" | "createdAt">,
  items: Omit<OrderItemRow, "orderId" | "position">[],
): Promise<OrderId | undefined> {
  const [placed] = await tx
    .insert(orders)
    .values({ ...order, updatedAt: order.createdAt })
    .onConflictDoNothing({ target: orders.checkoutKey })
    .returning({ id: orders.id });
  if (!placed) return undefined;
  await tx
    .insert(orderItems)
    .values(items.map((item, position) => ({ ...item, position, orderId: placed.id })));
  return placed.id;
}

export async function findOrderByCheckoutKey(db: Db | Tx, checkoutKey: string): Promise<OrderId | undefined> {
  const [order] = await db.select({ id: orders.id }).from(orders).where(eq(orders.checkoutKey, checkoutKey));
  return order?.id;
}

/** Takes the lock under which everything of one order changes; undefined when there is no such order. */
export async function lockOrder(tx: Tx, id: OrderId): Promise<OrderRow | undefined> {
  const [order] = await tx.select().from(orders).where(eq(orders.id, id)).for("update");
  return order;
}

export const listItems = (db: Db | Tx, id: OrderId): Promise<OrderItemRow[]> =>
  db.select().from(orderItems).where(eq(orderItems.orderId, id)).orderBy(asc(orderItems.position));

/** All attempts of an order, newest first. */
export const listPayments = (db: Db | Tx, id: OrderId): Promise<PaymentRow[]> =>
  db.select().from(payments).where(eq(payments.orderId, id)).orderBy(desc(payments.attempt));

export async function findOrder(db: Db | Tx, id: OrderId): Promise<OrderRow | undefined> {
  const [order] = await db.select().from(orders).where(eq(orders.id, id));
  return order;
}

/**
 * Whether money came for an order that a person has to look at. An answer of DOKU's that nobody understands is a case too,
 * but no money: whoever has no code for it may still pay another way.
 */
export async function isUnderReview(db: Db | Tx, id: OrderId): Promise<boolean> {
  const [open] = await db
    .select({ id: cases.id })
    .from(cases)
    .where(
      sql`${cases.orderId} = ${id} and ${cases.closedAt} is null and ${cases.kind} <> 'conflicting_answer'`,
    )
    .limit(1);
  return open !== undefined;
}

export type NewEvent = {
  id: string;
  kind: EventKind;
  cause: EventCause;
  at: Date;
  paymentId?: string | undefined;
  from?: PaymentStatus | undefined;
  to?: PaymentStatus | undefined;
  notificationId?: string | undefined;
  detail?: Record<string, unknown> | undefined;
};

/** Raises the order's version by one and records why. The caller holds the order's lock. */
export async function recordEvent(
  tx: Tx,
  orderId: OrderId,
  event: NewEvent,
  change: Partial<
    Pick<
      OrderRow,
      "amount" | "customerName" | "customerEmail" | "customerPhone" | "billing" | "shipping" | "paidAt"
    >
  > = {},
): Promise<void> {
  const [order] = await tx
    .update(orders)
    .set({ ...change, version: sql`${orders.version} + 1`, updatedAt: event.at })
    .where(eq(orders.id, orderId))
    .returning({ version: orders.version });
  if (!order) throw new Error("an event for an order that is not there");
  await tx.insert(paymentEvents).values({ ...event, orderId, version: order.version });
}
