import { and, eq, isNull, sql } from "drizzle-orm";
import type { CaseKind } from "@/lib/payment/case-kind";
import type { OrderId } from "@/lib/payment/order-id";
import type { Tx } from "../database";
import { cases } from "../schema";

/**
 * Opens a case, at most one of a kind for a payment, also after it was closed. The caller holds the order's lock.
 * @returns whether it was opened
 */
export async function openCase(
  tx: Tx,
  { newId, now }: { newId: () => string; now: () => Date },
  opened: { kind: CaseKind; orderId: OrderId; paymentId: string },
): Promise<boolean> {
  const { kind, orderId, paymentId } = opened;
  const before = and(eq(cases.orderId, orderId), eq(cases.paymentId, paymentId), eq(cases.kind, kind));
  if ((await tx.$count(cases, before)) > 0) return false;
  await tx.insert(cases).values({ id: newId(), openedAt: now(), ...opened });
  return true;
}

/**
 * SQL condition on `cases`: a person must decide. A matched orphan needs no decision, although its case was not closed.
 */
export const isOpen = sql`cases.closed_at is null and not (cases.kind = 'orphan' and exists (
  select 1 from notification_matches m where m.notification_id = cases.notification_id))`;

export type CaseRow = typeof cases.$inferSelect;

export async function findCase(tx: Tx, id: string): Promise<CaseRow | undefined> {
  if (!isUuid(id)) return undefined;
  const [found] = await tx.select().from(cases).where(eq(cases.id, id));
  return found;
}

/** @returns false when it was closed already */
export async function closeOpenCase(
  tx: Tx,
  id: string,
  closing: { closedAt: Date; closedBy: string; note: string },
): Promise<boolean> {
  const closed = await tx
    .update(cases)
    .set(closing)
    .where(and(eq(cases.id, id), isNull(cases.closedAt)))
    .returning({ id: cases.id });
  return closed.length === 1;
}

/** PostgreSQL throws when a uuid column is compared with other text. */
const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
