import { and, desc, eq, gt, inArray, isNull, lte, or, sql } from "drizzle-orm";
import type { Db } from "../database";
import { lacksHowToPay, payments } from "../schema";
import type { PaymentRow } from "./orders";

/** A payment whose steps one process fetches now; the try is counted already. */
export type DueHowToPay = Pick<
  PaymentRow,
  "id" | "orderId" | "invoiceNumber" | "howToPayTries" | "howToPayDueAt"
> & { howToPayApi: string };

/**
 * Takes codes whose steps are due, newest first, because a shopper looks at the newest. Counts the try and schedules the
 * next one, 10 seconds later and then six times as long each time: a crash loses one try, and several processes get
 * different codes.
 */
export async function takeDueHowToPay(
  db: Db,
  { now, limit }: { now: Date; limit: number },
): Promise<DueHowToPay[]> {
  const due = db
    .select({ id: payments.id })
    .from(payments)
    .where(
      and(
        lacksHowToPay(payments),
        isNull(payments.supersededAt),
        gt(payments.expiresAt, now),
        or(isNull(payments.howToPayDueAt), lte(payments.howToPayDueAt, now)),
      ),
    )
    .orderBy(desc(payments.createdAt))
    .limit(limit)
    .for("update", { skipLocked: true });
  return db
    .update(payments)
    .set({
      howToPayTries: sql`${payments.howToPayTries} + 1`,
      howToPayDueAt: sql`${now.toISOString()}::timestamptz + interval '10 seconds' * power(6, ${payments.howToPayTries})`,
    })
    .where(inArray(payments.id, due))
    .returning({
      id: payments.id,
      orderId: payments.orderId,
      invoiceNumber: payments.invoiceNumber,
      howToPayTries: payments.howToPayTries,
      howToPayDueAt: payments.howToPayDueAt,
      howToPayApi: sql<string>`${payments.howToPayApi}`,
    });
}

/**
 * Saves what a try brought.
 * @returns false when the steps are out of date: the code was changed meanwhile, or a later try was begun
 */
export async function saveHowToPay(
  db: Db,
  { id, howToPayDueAt }: DueHowToPay,
  change: Partial<Pick<PaymentRow, "howToPay" | "howToPayTries">>,
): Promise<boolean> {
  const isSameTry = howToPayDueAt === null ? sql`false` : eq(payments.howToPayDueAt, howToPayDueAt);
  const saved = await db
    .update(payments)
    .set(change)
    .where(and(eq(payments.id, id), isSameTry))
    .returning({ id: payments.id });
  return saved.length > 0;
}
