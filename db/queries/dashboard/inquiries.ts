import { desc, inArray, sql } from "drizzle-orm";
import type { Page } from "./orders";
import type { Db, Tx } from "@/db/database";
import { StaffUser } from "../merchant";
import { inquiries } from "@/db/schema";

export type InquiryRow = typeof inquiries.$inferSelect;

/** What tills asked and what they were answered, newest first. @param before the id of the last one of the page before */
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
    // "nulls last" is how the index is sorted; without the words it could not serve.
    .orderBy(sql`${inquiries.receivedAt} desc nulls last`, sql`${inquiries.id} desc nulls last`)
    .limit(limit + 1);
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? items.at(-1)?.id : undefined };
}

/** The newest questions about these payments. A till may ask ten times a minute, so there may be very many. */
export const listInquiriesOf = (tx: Tx, paymentIds: string[], limit: number): Promise<InquiryRow[]> =>
  tx
    .select()
    .from(inquiries)
    .where(inArray(inquiries.paymentId, paymentIds))
    .orderBy(desc(inquiries.receivedAt), desc(inquiries.id))
    .limit(limit);
