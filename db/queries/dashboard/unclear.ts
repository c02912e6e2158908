import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { OrderId } from "@/lib/payment/order-id";
import type { Db } from "@/db/database";
import { literal, rows } from "@/db/rows";

/** The expressions of the index `payments_live` (db/schema/payments.ts). An order has at most one live payment. */
export const isLive = sql`l.status in ('requested', 'awaiting_payment') and l.superseded_at is null`;
export const deadline = sql`coalesce(l.expires_at, l.created_at)`;

/**
 * Reusable codes stay live after they were paid, so that their number only grows. An unpaid one is asked about for eight
 * days after its time (lib/payment/schedule.ts) and then expires, so those that ended last are looked at.
 */
const reusableLookedAt = 1000;

type UnclearPage = { before?: OrderId | undefined; limit: number };

/**
 * Selects orders with a live payment whose outcome DOKU has not reported for more than a day, the last deadline first
 * (docs/threats-and-invariants.md#f25). A reusable code with a receipt is not unclear.
 */
export function selectUnclearOrders(now: Date, { before, limit }: UnclearPage): SQL {
  const dayAgo = sql`${new Date(now.getTime() - 24 * 60 * 60 * 1000).toISOString()}::timestamptz`;
  const select = (reusable: SQL, atMost: number): SQL =>
    sql`(select l.id, ${deadline} as deadline, l.order_id from payments l
      where ${isLive} and ${reusable} and ${deadline} < ${dayAgo} ${isBefore(before)}
      order by ${deadline} desc, l.order_id desc limit ${literal(atMost)})`;
  return sql`select order_id from (
      select deadline, order_id from ${select(sql`not l.reusable`, limit)} single
      union all select deadline, order_id from ${select(sql`l.reusable`, reusableLookedAt)} many
        where not exists (select 1 from receipts r where r.payment_id = many.id)) u
    order by deadline desc, order_id desc limit ${literal(limit)}`;
}

/** The place in the list of an order that may have moved out of it meanwhile: its payment is still there. */
const isBefore = (before: OrderId | undefined): SQL =>
  before === undefined
    ? sql``
    : sql`and (${deadline}, l.order_id) < (select coalesce(b.expires_at, b.created_at), b.order_id from payments b
        where b.order_id = ${before} order by b.superseded_at is not null, b.attempt desc limit 1)`;

export async function findUnclearOrders(db: Db, now: Date, page: UnclearPage): Promise<OrderId[]> {
  const found = await rows<{ id: OrderId }>(
    db,
    sql`select order_id as id from (${selectUnclearOrders(now, page)}) as unclear`,
  );
  return found.map(({ id }) => id);
}
