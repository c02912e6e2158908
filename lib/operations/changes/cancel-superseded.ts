import { findPayment } from "@/db/queries/payments";
import { changePayment } from "./change-payment";
import type { Deps } from "../deps";

/**
 * Cancels the code of a payment that was superseded before DOKU's reply came: otherwise two codes of one order could be
 * paid. The system does this, not a person. Where DOKU cannot cancel the code, status checks go on until its end.
 */
export async function cancelSuperseded(deps: Deps, paymentId: string): Promise<void> {
  const payment = await findPayment(deps.db, paymentId);
  if (payment?.status !== "awaiting_payment" || payment.supersededAt === null) return;
  const bySystem = { actor: "system", reason: "replaced" } as const;
  await changePayment(deps, { orderId: payment.orderId, paymentId, kind: "cancel", ...bySystem });
}
