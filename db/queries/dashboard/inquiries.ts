import { desc, inArray, sql } from "drizzle-orm";
import type { Page } from "./orders";
import type { Db, Tx } from "@/db/database";
import { StaffUser } from "../staff";
import { inquiries } from "@/db/schema";

export type InquiryRow = typeof inquiries.$inferSelect;

/** Inquiries and our answers, newest first. @param before the id of the last one of the page before */
export async function listInquiries(
  db: Db,
  merchant: StaffUser,
  { before, limit }: { before?: string | undefined; limit: number },
): Promise<Page<InquiryRow, string>> {
  StaffUser.check(merchant);
  const found = await db
    .select()
    .from(inquiries)
    .where(
      before === undefined
        ? undefined
        : sql`(${inquiries.receivedAt}, ${inquiries.id}) < (select b.received_at, b.id from inquiries b where b.id = ${before}::uuid)`,
    )
    // The index is sorted with "nulls last"; without these words it would not be used.
    .orderBy(sql`${inquiries.receivedAt} desc nulls last`, sql`${inquiries.id} desc nulls last`)
    .limit(limit + 1);
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? items.at(-1)?.id : undefined };
}

/** The newest inquiries about these payments. There may be very many: a till may ask ten times a minute. */
export const listPaymentInquiries = (tx: Tx, paymentIds: string[], limit: number): Promise<InquiryRow[]> =>
  tx
    .select()
    .from(inquiries)
    .where(inArray(inquiries.paymentId, paymentIds))
    .orderBy(desc(inquiries.receivedAt), desc(inquiries.id))
    .limit(limit);
