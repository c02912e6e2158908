import { and, isNull, sql } from "drizzle-orm";
import type { Page } from "./orders";
import type { Db } from "@/db/database";
import { StaffUser } from "../staff";
import { notifications } from "@/db/schema";

export type UnmatchedNotification = Omit<typeof notifications.$inferSelect, "orderId" | "paymentId">;

/** Notifications that belong to no order, newest first. @param before the id of the last one of the page before */
export async function listUnmatchedNotifications(
  db: Db,
  merchant: StaffUser,
  { before, limit }: { before?: string | undefined; limit: number },
): Promise<Page<UnmatchedNotification, string>> {
  StaffUser.check(merchant);
  const found = await db
    .select()
    .from(notifications)
    .where(
      and(
        isNull(notifications.orderId),
        before === undefined
          ? undefined
          : sql`(${notifications.receivedAt}, ${notifications.id}) < (select b.received_at, b.id from notifications b where b.id = ${before}::uuid)`,
      ),
    )
    .orderBy(sql`${notifications.receivedAt} desc nulls last`, sql`${notifications.id} desc nulls last`)
    .limit(limit + 1);
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? items.at(-1)?.id : undefined };
}
