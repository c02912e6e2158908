import { sql } from "drizzle-orm";
import type { PaymentCode } from "@/lib/payment/payment-code";
import type { Db, Tx } from "../database";
import type { PaymentRow } from "./orders";
import { inquiries, payments } from "../schema";

/**
 * The bill that a till means by a code: the one that is open, of which there is at most one, else the newest that ended.
 * Codes that DOKU holds are not among them.
 */
export async function findAskedBill(db: Db | Tx, code: PaymentCode): Promise<PaymentRow | undefined> {
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

/** Keeps a question with our answer to it. */
export async function recordInquiry(db: Db | Tx, inquiry: typeof inquiries.$inferInsert): Promise<void> {
  await db.insert(inquiries).values(inquiry);
}
