import { and, desc, eq, inArray, isNull, lt } from "drizzle-orm";
import type { OrderId } from "@/lib/payment/order-id";
import type { Db, Tx } from "../database";
import { cases, paymentClaimPhotos, paymentClaims } from "../schema";

export type PaymentClaimRow = typeof paymentClaims.$inferSelect;

type NewClaim = Pick<PaymentClaimRow, "orderId" | "receiptNumber" | "note"> & {
  id: string;
  paymentId: string;
  photo: Uint8Array | undefined;
  at: Date;
};

/** Opens a case with what the shopper said. The caller holds the order's lock. */
export async function insertClaim(
  tx: Tx,
  { id, orderId, paymentId, receiptNumber, note, photo, at }: NewClaim,
): Promise<void> {
  await tx.insert(cases).values({ id, kind: "payment_claimed", orderId, paymentId, openedAt: at });
  const claim = { caseId: id, orderId, receiptNumber, note, hasPhoto: photo !== undefined, createdAt: at };
  await tx.insert(paymentClaims).values(claim);
  if (photo) await tx.insert(paymentClaimPhotos).values({ caseId: id, content: photo });
}

/** Deletes photos of cases that were closed before that time; what else was said stays. @returns how many went */
export async function deleteOldPhotos(
  db: Db,
  { closedBefore, most }: { closedBefore: Date; most: number },
): Promise<number> {
  const old = db
    .select({ id: paymentClaimPhotos.caseId })
    .from(paymentClaimPhotos)
    .innerJoin(cases, eq(cases.id, paymentClaimPhotos.caseId))
    .where(lt(cases.closedAt, closedBefore))
    .limit(most);
  const deleted = await db
    .delete(paymentClaimPhotos)
    .where(inArray(paymentClaimPhotos.caseId, old))
    .returning({ id: paymentClaimPhotos.caseId });
  return deleted.length;
}

export const countClaims = (tx: Tx, orderId: OrderId): Promise<number> =>
  tx.$count(paymentClaims, eq(paymentClaims.orderId, orderId));

export async function findOpenClaim(tx: Tx, orderId: OrderId): Promise<{ id: string } | undefined> {
  const [open] = await tx
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.orderId, orderId), eq(cases.kind, "payment_claimed"), isNull(cases.closedAt)))
    .limit(1);
  return open;
}

/** What the shopper's page shows of the newest claim: nothing of what was said or decided. */
export type ClaimState = { at: Date; closedAt: Date | null };

/** undefined for an order without a claim. */
export async function findNewestClaim(db: Db, orderId: OrderId): Promise<ClaimState | undefined> {
  const [claim] = await db
    .select({ at: paymentClaims.createdAt, closedAt: cases.closedAt })
    .from(paymentClaims)
    .innerJoin(cases, eq(cases.id, paymentClaims.caseId))
    .where(eq(paymentClaims.orderId, orderId))
    .orderBy(desc(paymentClaims.createdAt))
    .limit(1);
  return claim;
}
