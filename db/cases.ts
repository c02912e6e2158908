import { and, eq, isNull } from "drizzle-orm";
import type { CaseKind } from "../lib/payment/decide";
import type { OrderId } from "../lib/payment/order-id";
import type { Tx } from "./database";
import { cases } from "./schema";

/** Opens a case; one of a kind stays open per payment, however often the same thing happens. */
export async function openCase(
  tx: Tx,
  { newId, now }: { newId: () => string; now: () => Date },
  opened: { kind: CaseKind; orderId: OrderId; paymentId: string },
): Promise<void> {
  await tx
    .insert(cases)
    .values({ id: newId(), openedAt: now(), ...opened })
    .onConflictDoNothing();
}

export type CaseRow = typeof cases.$inferSelect;

export async function findCase(tx: Tx, id: string): Promise<CaseRow | undefined> {
  if (!isUuid(id)) return undefined;
  const [found] = await tx.select().from(cases).where(eq(cases.id, id));
  return found;
}

/** @returns false when somebody else has closed it already */
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

/** PostgreSQL refuses to compare a uuid with anything else, by an error. */
const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
