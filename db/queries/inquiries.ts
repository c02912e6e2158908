import { sql } from "drizzle-orm";
import type { PaymentCode } from "@/lib/payment/payment-code";
import type { Db, Tx } from "../database";
import type { PaymentRow } from "./orders";
import { inquiries, payments } from "../schema";

/**
 * The bill for direct inquiry with this code: the open one, of which there is at most one, else the newest. Codes whose
 * bills DOKU holds are not found.
 */
export async function findBillByCode(db: Db | Tx, code: PaymentCode): Promise<PaymentRow | undefined> {
  const [bill] = await db
    .select()
    .from(payments)
    .where(sql`${payments.paymentCode} = ${code} and ${payments.codeKind} = 'dipc'`)
    .orderBy(
      sql`case when ${payments.status} in ('requested', 'awaiting_payment') then 0 else 1 end`,
      sql`${payments.createdAt} desc`,
      sql`${payments.id} desc`,
    )
    .limit(1);
  return bill;
}

/** Stores an inquiry with our answer. */
export async function recordInquiry(db: Db | Tx, inquiry: typeof inquiries.$inferInsert): Promise<void> {
  await db.insert(inquiries).values(inquiry);
}
