import { asc, eq, gt, lt } from "drizzle-orm";
import type { Db } from "../database";
import { processes } from "../schema";

export type ProcessRow = typeof processes.$inferSelect;

/** Notes that a process is alive. */
export async function saveProcess(db: Db, one: ProcessRow): Promise<void> {
  await db
    .insert(processes)
    .values(one)
    .onConflictDoUpdate({ target: processes.id, set: { seenAt: one.seenAt } });
}

export const deleteProcess = (db: Db, id: string): Promise<unknown> =>
  db.delete(processes).where(eq(processes.id, id));

/** Removes processes that ended without a word. */
export const deleteProcesses = (db: Db, { seenBefore }: { seenBefore: Date }): Promise<unknown> =>
  db.delete(processes).where(lt(processes.seenAt, seenBefore));

/** Those that were seen since a moment, the oldest first. */
export const listProcesses = (db: Db, { seenSince }: { seenSince: Date }): Promise<ProcessRow[]> =>
  db
    .select()
    .from(processes)
    .where(gt(processes.seenAt, seenSince))
    .orderBy(asc(processes.startedAt), asc(processes.id));
