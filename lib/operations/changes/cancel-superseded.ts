import { findPayment } from "@/db/queries/payments";
import { changePayment } from "./change-payment";
import type { Deps } from "../deps";

/**
 * Cancels a code that DOKU turns out to have made for a payment that another has replaced meanwhile: two codes could be
 * paid otherwise. Nobody asks for it, so that the history names the system. Where DOKU cannot cancel it, it is watched to
 * its end.
 */
export async function cancelUnwanted(deps: Deps, paymentId: string): Promise<void> {
  const payment = await findPayment(deps.db, paymentId);
  if (payment?.status !== "awaiting_payment" || payment.supersededAt === null) return;
  const bySystem = { actor: "system", reason: "replaced" } as const;
  await changePayment(deps, { orderId: payment.orderId, paymentId, kind: "cancel", ...bySystem });
}
