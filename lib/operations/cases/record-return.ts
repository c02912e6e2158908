import { listReviewEvents } from "@/db/queries/cases";
import { recordEvent } from "@/db/queries/orders";
import { findPayment, savePayment } from "@/db/queries/payments";
import type { Tx } from "@/db/database";
import { isLive } from "@/lib/payment/is-live";
import type { Deps } from "../deps";
import type { SettledCase } from "./accept-money";

/**
 * What follows from money that a person gave back. Its receipt and `paid` stay, which only DOKU's REFUNDED ends; the case
 * says that it was returned. Money that was never put on record leaves a live payment, whose code is not offered again:
 * the acquirer counts it as paid. The caller holds the order's lock.
 * @returns the payment whose code is to be cancelled at DOKU
 */
export async function recordReturn(
  tx: Tx,
  deps: Deps,
  { paymentId, kind, actor }: SettledCase,
): Promise<string | undefined> {
  const payment = await findPayment(tx, paymentId);
  const isOffRecord = (await listReviewEvents(tx, paymentId, kind)).length > 0;
  // A reusable code is paid by others too.
  if (!payment || !isOffRecord || !isLive(payment.status) || payment.reusable) return undefined;
  if (payment.supersededAt !== null) return payment.id;
  await savePayment(tx, payment.id, { supersededAt: deps.now() });
  await recordEvent(tx, payment.orderId, {
    id: deps.newId(),
    kind: "withdrawn",
    actor,
    reason: "case_decided",
    at: deps.now(),
    paymentId: payment.id,
    from: payment.status,
    to: payment.status,
  });
  return payment.id;
}
