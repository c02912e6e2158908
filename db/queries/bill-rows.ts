import { and, eq, inArray, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { OrderId } from "@/lib/payment/order-id";
import type { Db } from "../database";
import { newestFirst, rows } from "../rows";
import { isBill, orders, payments } from "../schema";
import type { billStatuses } from "../schema";

const columns = {
  id: payments.id,
  orderId: payments.orderId,
  channel: payments.channel,
  paymentCode: payments.paymentCode,
  amount: payments.amount,
  status: payments.status,
  codeKind: payments.codeKind,
  reusable: payments.reusable,
  expiresAt: payments.expiresAt,
  paidAt: payments.paidAt,
  createdAt: payments.createdAt,
  version: orders.version,
  customerName: orders.customerName,
  customerEmail: orders.customerEmail,
  customerPhone: orders.customerPhone,
  description: sql<
    string | null
  >`(select i.name_id from order_items i where i.order_id = ${payments.orderId} and i.position = 0)`,
};

const select = (db: Db) =>
  db.select(columns).from(payments).innerJoin(orders, eq(orders.id, payments.orderId));

/** A code that the merchant made, as the API shows it: a bill for direct inquiry, or a top-up code. */
export type MerchantCodeRow = Awaited<ReturnType<typeof select>>[number];

export async function findMerchantCode(db: Db, paymentId: string): Promise<MerchantCodeRow | undefined> {
  const [found] = await select(db).where(eq(payments.id, paymentId));
  return found;
}

/** The bills of these orders, in no sequence. */
export const listBillsOfOrders = (db: Db, orderIds: readonly OrderId[]): Promise<MerchantCodeRow[]> =>
  select(db).where(and(isBill(payments), inArray(payments.orderId, [...orderIds])));

type ListOptions = { after: Pick<MerchantCodeRow, "id" | "createdAt"> | undefined; most: number };

/** The newest first. */
export const listBillRows = (
  db: Db,
  filter: keyof typeof billStatuses | undefined,
  options: ListOptions,
): Promise<MerchantCodeRow[]> => listCodes(db, isBill(payments, filter), options);

/** The newest first. */
export const listTopUpCodeRows = (db: Db, options: ListOptions): Promise<MerchantCodeRow[]> =>
  listCodes(db, sql`${payments.reusable}`, options);

const listCodes = (db: Db, what: SQL, { after, most }: ListOptions): Promise<MerchantCodeRow[]> =>
  select(db)
    .where(
      and(
        what,
        after &&
          sql`(${payments.createdAt}, ${payments.id}) < (${after.createdAt.toISOString()}::timestamptz, ${after.id}::uuid)`,
      ),
    )
    .orderBy(...newestFirst(payments.createdAt, payments.id))
    .limit(most);

/** The orders that an earlier run of the same call made, by their checkout keys. */
export async function listOrdersByCheckoutKeys(
  db: Db,
  keys: readonly string[],
): Promise<Map<string, OrderId>> {
  const found = await rows<{ key: string; id: OrderId }>(
    db,
    sql`select checkout_key as key, id from orders
      where checkout_key in (select jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb))`,
  );
  return new Map(found.map(({ key, id }) => [key, id]));
}

/** What came for top-up codes: whole rupiah, and how often. */
export async function sumTopUps(
  db: Db,
  paymentIds: readonly string[],
): Promise<Map<string, { received: number; times: number }>> {
  if (paymentIds.length === 0) return new Map();
  const found = await rows<{ id: string; received: number; times: number }>(
    db,
    sql`select payment_id::text as id, sum(amount)::float8 as received, count(*)::int as times from receipts
      where payment_id in (select jsonb_array_elements_text(${JSON.stringify(paymentIds)}::jsonb)::uuid) group by payment_id`,
  );
  return new Map(found.map(({ id, received, times }) => [id, { received, times }]));
}
