import { desc, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/database";
import { appearances, users } from "@/db/schema";
import type { AppearanceRow } from "../appearances";
import { StaffUser } from "../staff";

/** undefined for a name when the member of staff is no longer known. */
export type AppearanceChange = { row: AppearanceRow; staffName: string | undefined };

/** The newest changes first, with who made them. */
export async function listAppearanceChanges(
  db: Db,
  merchant: StaffUser,
  most: number,
): Promise<AppearanceChange[]> {
  StaffUser.check(merchant);
  const found = await db
    .select({ row: appearances, staffName: users.name })
    .from(appearances)
    .leftJoin(users, eq(sql`'staff:' || ${users.id}`, appearances.actor))
    .orderBy(desc(appearances.version))
    .limit(most);
  return found.map(({ row, staffName }) => ({ row, staffName: staffName ?? undefined }));
}
