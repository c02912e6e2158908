import { eq, max, sql } from "drizzle-orm";
import type { Db, Tx } from "../database";
import { receipts } from "../schema";

/** What came in for one payment: how often, whole rupiah in all, and when last. */
export type ReceiptSum = { count: number; sum: number; last: Date | null };

/** Columns that sum up any set of receipts. Rupiah stay whole far beyond what one payment can bring in. */
export const receiptSum = {
  count: sql<number>`count(*)::int`.as("times_paid"),
  sum: sql<number>`coalesce(sum(${receipts.amount}), 0)::float8`.as("sum_paid"),
  last: max(receipts.paidAt).as("last_paid"),
};

/** Of a one-time code at most one; of a reusable one a receipt for each real payment. */
export async function sumUpReceipts(db: Db | Tx, paymentId: string): Promise<ReceiptSum> {
  const [found] = await db.select(receiptSum).from(receipts).where(eq(receipts.paymentId, paymentId));
  return found ?? { count: 0, sum: 0, last: null };
}
