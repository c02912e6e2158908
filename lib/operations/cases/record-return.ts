import { listReviewEvents } from "@/db/queries/cases";
import { recordEvent } from "@/db/queries/orders";
import type { PaymentRow } from "@/db/queries/orders";
import { findPayment, savePayment, toStateColumns } from "@/db/queries/payments";
import { sumUpReceipts } from "@/db/queries/receipts";
import type { Tx } from "@/db/database";
import type { Actor } from "@/lib/payment/attribution";
import { isLive } from "@/lib/payment/payment";
import { canTransition } from "@/lib/payment/transitions";
import type { Deps } from "../deps";
import { computeNextCheck } from "../reconciliation/next-check";
import type { SettledCase } from "./accept-money";

/**
 * What follows from money that a person gave back. Money on record makes its payment `refunded`. Money that was never put
 * on record leaves the payment, but its code is not offered again: the acquirer counts it as paid. The caller holds the
 * order's lock.
 * @returns the payment whose code is to be cancelled at DOKU
 */
export async function recordReturn(
  tx: Tx,
  deps: Deps,
  { paymentId, kind, actor }: SettledCase,
): Promise<string | undefined> {
  const payment = await findPayment(tx, paymentId);
  if (!payment) return undefined;
  const isOffRecord = (await listReviewEvents(tx, paymentId, kind)).length > 0;
  if (isOffRecord) return withdraw(tx, deps, payment, actor);
  const { count } = await sumUpReceipts(tx, paymentId);
  if (count > 0 && canTransition(payment.status, "refunded")) await refund(tx, deps, payment, actor);
  return undefined;
}

async function withdraw(tx: Tx, deps: Deps, payment: PaymentRow, actor: Actor): Promise<string | undefined> {
  // A reusable code is paid by others too.
  if (!isLive(payment.status) || payment.reusable) return undefined;
  if (payment.supersededAt === null) {
    await savePayment(tx, payment.id, { supersededAt: deps.now() });
    await record(tx, deps, payment, { kind: "withdrawn", actor, to: payment.status });
  }
  return payment.id;
}

async function refund(tx: Tx, deps: Deps, payment: PaymentRow, actor: Actor): Promise<void> {
  const now = deps.now();
  const columns = toStateColumns({ status: "refunded", at: now });
  const nextCheckAt = computeNextCheck({ ...payment, ...columns }, now) ?? null;
  await savePayment(tx, payment.id, { ...columns, nextCheckAt });
  await record(tx, deps, payment, { kind: "moved", actor, to: "refunded" });
}

const record = (
  tx: Tx,
  deps: Deps,
  { id, orderId, status }: PaymentRow,
  event: { kind: "withdrawn" | "moved"; actor: Actor; to: PaymentRow["status"] },
): Promise<void> =>
  recordEvent(tx, orderId, {
    ...event,
    id: deps.newId(),
    reason: "case_decided",
    at: deps.now(),
    paymentId: id,
    from: status,
  });
