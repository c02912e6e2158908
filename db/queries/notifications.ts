import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Db } from "../database";
import { notificationMatches, notifications, payments } from "../schema";

export type MatchableOrphan = {
  id: string;
  body: Uint8Array;
  headers: Record<string, string>;
  receivedAt: Date;
};

/** Orphans, oldest first, also those that could not be applied, whose invoice number is one of ours by now and that have not been matched yet. */
export async function listMatchableOrphans(db: Db, limit: number): Promise<MatchableOrphan[]> {
  const found = await db
    .select({
      id: notifications.id,
      body: notifications.body,
      headers: notifications.headers,
      receivedAt: notifications.receivedAt,
    })
    .from(notifications)
    .innerJoin(payments, eq(payments.invoiceNumber, notifications.invoiceNumber))
    .leftJoin(notificationMatches, eq(notificationMatches.notificationId, notifications.id))
    .where(
      and(
        eq(notifications.verdict, "orphan"),
        inArray(notifications.reason, ["unknown_invoice", "not_applied"]),
        isNull(notificationMatches.notificationId),
      ),
    )
    // Those that our code failed on come last: they may fail again, and keep none of the others waiting.
    .orderBy(asc(sql`${notifications.reason} = 'not_applied'`), asc(notifications.receivedAt))
    .limit(limit);
  return found.flatMap(({ body, ...orphan }) => (body ? [{ ...orphan, body }] : []));
}
