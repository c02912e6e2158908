import { asc, desc, eq, sql } from "drizzle-orm";
import type { Attribution } from "@/lib/payment/attribution";
import type { OrderId } from "@/lib/payment/order-id";
import type { PaymentStatus } from "@/lib/payment/payment";
import { toAttributionColumns } from "../attribution";
import type { Db, Tx } from "../database";
import { orderItems, orders, paymentEvents, payments } from "../schema";
import type { EventKind } from "../schema";
import { findReview } from "./cases";

export type OrderRow = typeof orders.$inferSelect;
export type OrderItemRow = typeof orderItems.$inferSelect;
export type PaymentRow = typeof payments.$inferSelect;

/** An item of this shop or of a bill has no page and picture of its own elsewhere. */
export type NewOrderItem = Omit<typeof orderItems.$inferInsert, "orderId" | "position">;

/** Inserts an order with its lines; undefined when the checkout key has an order already. */
export async function insertOrder(
  tx: Tx,
  order: Pick<OrderRow, "id" | "checkoutKey" | "amount" | "createdAt">,
  items: NewOrderItem[],
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

/** Locks an order; everything that belongs to it changes under this lock. undefined when there is no such order. */
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

/** Whether an open case of the order is about money that came in. */
export const isUnderReview = async (db: Db | Tx, id: OrderId): Promise<boolean> =>
  (await findReview(db, id)) !== undefined;

export type NewEvent = Attribution & {
  id: string;
  kind: EventKind;
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
      | "amount"
      | "customerName"
      | "customerEmail"
      | "customerPhone"
      | "locale"
      | "billing"
      | "shipping"
      | "paidAt"
    >
  > = {},
): Promise<void> {
  const [order] = await tx
    .update(orders)
    .set({ ...change, version: sql`${orders.version} + 1`, updatedAt: event.at })
    .where(eq(orders.id, orderId))
    .returning({ version: orders.version });
  if (!order) throw new Error("an event for an unknown order");
  await tx
    .insert(paymentEvents)
    .values({ ...event, ...toAttributionColumns(event), orderId, version: order.version });
}
