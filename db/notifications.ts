import { and, asc, eq, isNull } from "drizzle-orm";
import type { Db } from "./database";
import { notificationMatches, notifications, payments } from "./schema";

/** Orphans, oldest first, whose invoice number is one of ours by now and that have not been matched yet. */
export async function listMatchableOrphans(
  db: Db,
  limit: number,
): Promise<{ id: string; body: Uint8Array }[]> {
  const found = await db
    .select({ id: notifications.id, body: notifications.body })
    .from(notifications)
    .innerJoin(payments, eq(payments.invoiceNumber, notifications.invoiceNumber))
    .leftJoin(notificationMatches, eq(notificationMatches.notificationId, notifications.id))
    .where(
      and(
        eq(notifications.verdict, "orphan"),
        eq(notifications.reason, "unknown_invoice"),
        isNull(notificationMatches.notificationId),
      ),
    )
    .orderBy(asc(notifications.receivedAt))
    .limit(limit);
  return found.flatMap(({ id, body }) => (body ? [{ id, body }] : []));
}
