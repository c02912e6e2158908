import { and, desc, eq } from "drizzle-orm";
import type { Attribution } from "@/lib/payment/attribution";
import { toAttributionColumns } from "../attribution";
import type { Db, Tx } from "../database";
import { isOneOf } from "../rows";
import { paymentChanges } from "../schema";

export type ChangeRow = typeof paymentChanges.$inferSelect;

export type NewChange = Omit<typeof paymentChanges.$inferInsert, "cause" | keyof Attribution> & Attribution;

export async function insertChange(tx: Tx, change: NewChange): Promise<ChangeRow> {
  const [inserted] = await tx
    .insert(paymentChanges)
    .values({ ...change, ...toAttributionColumns(change) })
    .returning();
  if (!inserted) throw new Error("the insert of a change returned no row");
  return inserted;
}

/** The change whose outcome is unknown; a payment has at most one. */
export async function findOpenChange(db: Db | Tx, paymentId: string): Promise<ChangeRow | undefined> {
  const [change] = await db
    .select()
    .from(paymentChanges)
    .where(and(eq(paymentChanges.paymentId, paymentId), eq(paymentChanges.status, "requested")));
  return change;
}

/** The change that was requested last, in any state. */
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
    .where(isOneOf(paymentChanges.paymentId, paymentIds))
    .orderBy(desc(paymentChanges.createdAt));

/** The caller holds the order's lock, or the payment's lease. */
export const saveChange = (tx: Db | Tx, id: string, change: Partial<ChangeRow>): Promise<unknown> =>
  tx.update(paymentChanges).set(change).where(eq(paymentChanges.id, id));
