import { and, eq, sql } from "drizzle-orm";
import type { OrderId } from "@/lib/payment/order-id";
import type { Rupiah } from "@/lib/payment/rupiah";
import type { Page } from "./orders";
import type { Db } from "@/db/database";
import { StaffUser } from "../staff";
import type { PaymentRow } from "../orders";
import { receiptSum } from "../receipts";
import { orders, payments, receipts } from "@/db/schema";

/** A reusable code and the sum of its receipts. */
export type ReusableCode = Pick<
  PaymentRow,
  "id" | "channel" | "status" | "paymentCode" | "expiresAt" | "paidAt" | "paidLate" | "failureReason"
> & {
  orderId: OrderId;
  /** The amount of each payment. */
  amount: Rupiah;
  customerName: string | null;
  timesPaid: number;
  /** Whole rupiah. */
  received: number;
  lastPaidAt: Date | null;
  /** One of its cases is open. */
  isUnderReview: boolean;
};

/** All reusable codes, newest first. @param before the id of the last one of the page before */
export async function listReusableCodes(
  db: Db,
  merchant: StaffUser,
  { before, limit }: { before?: string | undefined; limit: number },
): Promise<Page<ReusableCode, string>> {
  StaffUser.check(merchant);
  const paid = db.select(receiptSum).from(receipts).where(eq(receipts.paymentId, payments.id)).as("paid");
  const found = await db
    .select({
      id: payments.id,
      orderId: payments.orderId,
      channel: payments.channel,
      status: payments.status,
      paymentCode: payments.paymentCode,
      expiresAt: payments.expiresAt,
      paidAt: payments.paidAt,
      paidLate: payments.paidLate,
      failureReason: payments.failureReason,
      amount: payments.amount,
      customerName: orders.customerName,
      timesPaid: paid.count,
      received: paid.sum,
      lastPaidAt: paid.last,
      isUnderReview: sql<boolean>`exists (select 1 from cases c where c.payment_id = ${payments.id} and c.closed_at is null)`,
    })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .innerJoinLateral(paid, sql`true`)
    .where(
      and(
        payments.reusable,
        before === undefined
          ? undefined
          : sql`(${payments.createdAt}, ${payments.id}) < (select b.created_at, b.id from payments b where b.id = ${before}::uuid)`,
      ),
    )
    // The index is sorted with "nulls last"; without these words it would not be used.
    .orderBy(sql`${payments.createdAt} desc nulls last`, sql`${payments.id} desc nulls last`)
    .limit(limit + 1);
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? items.at(-1)?.id : undefined };
}
