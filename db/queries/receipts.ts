import { asc, eq, max, sql } from "drizzle-orm";
import type { OrderId } from "../../lib/payment/order-id";
import type { Db, Tx } from "../database";
import { payments, receiptConfirmations, receipts } from "../schema";

/** Receipts of one payment: how many, their sum in whole rupiah, and the time of the last. */
export type ReceiptSum = { count: number; sum: number; last: Date | null };

/** Columns that sum up a set of receipts. A float8 is exact far beyond any possible sum in rupiah. */
export const receiptSum = {
  count: sql<number>`count(*)::int`.as("times_paid"),
  sum: sql<number>`coalesce(sum(${receipts.amount}), 0)::float8`.as("sum_paid"),
  last: max(receipts.paidAt).as("last_paid"),
};

/** A one-time code has at most one receipt, a reusable one has one for each real payment. */
export async function sumUpReceipts(db: Db | Tx, paymentId: string): Promise<ReceiptSum> {
  const [found] = await db.select(receiptSum).from(receipts).where(eq(receipts.paymentId, paymentId));
  return found ?? { count: 0, sum: 0, last: null };
}

/** @returns false when the same real payment is on record already */
export async function insertReceipt(tx: Tx, receipt: typeof receipts.$inferInsert): Promise<boolean> {
  const inserted = await tx
    .insert(receipts)
    .values(receipt)
    .onConflictDoNothing({ target: receipts.identity })
    .returning({ id: receipts.id });
  return inserted.length === 1;
}

/** A real payment of an order, with what names it elsewhere. */
export type OrderReceipt = Awaited<ReturnType<typeof listOrderReceipts>>[number];

/** The real payments of an order, the first one first. Identifiers may be in a notification that came after a status check. */
export async function listOrderReceipts(db: Db | Tx, orderId: OrderId, most: number) {
  const found = await db
    .select({
      id: receipts.id,
      amount: receipts.amount,
      paidAt: receipts.paidAt,
      invoiceNumber: payments.invoiceNumber,
      channel: payments.channel,
      code: payments.paymentCode,
      identifiers: receipts.identifiers,
      confirmed: receiptConfirmations.identifiers,
    })
    .from(receipts)
    .innerJoin(payments, eq(payments.id, receipts.paymentId))
    .leftJoin(receiptConfirmations, eq(receiptConfirmations.receiptId, receipts.id))
    .where(eq(receipts.orderId, orderId))
    .orderBy(asc(receipts.paidAt), asc(receipts.id))
    .limit(most);
  return found.map(({ confirmed, identifiers, ...receipt }) => ({
    ...receipt,
    identifiers: identifiers.length > 0 ? identifiers : (confirmed ?? []),
  }));
}
