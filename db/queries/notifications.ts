import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Db } from "../database";
import { notificationMatches, notifications, payments } from "../schema";

export type MatchableOrphan = {
  id: string;
  body: Uint8Array;
  headers: Record<string, string>;
  receivedAt: Date;
};

/** Unmatched orphans whose invoice number is known by now, and messages that our code failed on, oldest first. */
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
    // Messages that our code failed on come last: they may fail again, and must not delay the others.
    .orderBy(asc(sql`${notifications.reason} = 'not_applied'`), asc(notifications.receivedAt))
    .limit(limit);
  return found.flatMap(({ body, ...orphan }) => (body ? [{ ...orphan, body }] : []));
}
