import { and, desc, eq, inArray } from "drizzle-orm";
import type { Db, Tx } from "../database";
import { paymentChanges } from "../schema";

export type ChangeRow = typeof paymentChanges.$inferSelect;

export async function insertChange(tx: Tx, change: typeof paymentChanges.$inferInsert): Promise<ChangeRow> {
  const [inserted] = await tx.insert(paymentChanges).values(change).returning();
  if (!inserted) throw new Error("an insert that returned nothing");
  return inserted;
}

/** The change that DOKU has not answered yet; a payment has at most one. */
export async function findOpenChange(db: Db | Tx, paymentId: string): Promise<ChangeRow | undefined> {
  const [change] = await db
    .select()
    .from(paymentChanges)
    .where(and(eq(paymentChanges.paymentId, paymentId), eq(paymentChanges.status, "requested")));
  return change;
}

/** The last change that was asked for, whatever became of it. */
export async function findNewestChange(db: Db | Tx, paymentId: string): Promise<ChangeRow | undefined> {
  const [change] = await db
    .select()
    .from(paymentChanges)
    .where(eq(paymentChanges.paymentId, paymentId))
    .orderBy(desc(paymentChanges.createdAt))
    .limit(1);
  return change;
}

/** Newest first. */
export const listChanges = (db: Db | Tx, paymentIds: string[]): Promise<ChangeRow[]> =>
  db
    .select()
    .from(paymentChanges)
    .where(inArray(paymentChanges.paymentId, paymentIds))
    .orderBy(desc(paymentChanges.createdAt));

/** The caller holds the order's lock, or the payment's lease. */
export const saveChange = (tx: Db | Tx, id: string, change: Partial<ChangeRow>): Promise<unknown> =>
  tx.update(paymentChanges).set(change).where(eq(paymentChanges.id, id));
