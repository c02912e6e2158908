import { and, desc, eq, gt, sql } from "drizzle-orm";
import type { Db } from "@/db/database";
import { unsignedMessages } from "@/db/schema";
import type { UnsignedTarget } from "@/db/schema";
import { StaffUser } from "../staff";

export type UnsignedSample = typeof unsignedMessages.$inferSelect;
export type UnsignedSummary = { count: number; networks: number; samples: UnsignedSample[] };

const dayMs = 24 * 60 * 60 * 1000;
const maxSamples = 10;

/** Messages without a valid signature in the last 24 hours, and the newest samples of them. */
export async function loadUnsignedSummary(
  db: Db,
  merchant: StaffUser,
  { target, now }: { target: UnsignedTarget; now: Date },
): Promise<UnsignedSummary> {
  StaffUser.check(merchant);
  const recent = and(
    eq(unsignedMessages.target, target),
    gt(unsignedMessages.lastAt, new Date(now.getTime() - dayMs)),
  );
  const [[totals], samples] = await Promise.all([
    db
      .select({
        count: sql<number>`coalesce(sum(${unsignedMessages.count}), 0)::float8`,
        networks: sql<number>`count(distinct ${unsignedMessages.network})::int`,
      })
      .from(unsignedMessages)
      .where(recent),
    db.select().from(unsignedMessages).where(recent).orderBy(desc(unsignedMessages.lastAt)).limit(maxSamples),
  ]);
  return { count: totals?.count ?? 0, networks: totals?.networks ?? 0, samples };
}
