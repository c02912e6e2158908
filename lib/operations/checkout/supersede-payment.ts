import { isUnderReview, lockOrder, recordEvent } from "@/db/queries/orders";
import { findLivePayment, savePayment } from "@/db/queries/payments";
import { OrderId } from "@/lib/payment/order-id";
import type { Deps } from "../deps";

export type SupersedePayment = {
  outcome: "superseded" | "nothing_to_supersede" | "already_paid" | "not_found";
};

/**
 * Frees an order for another method. The old payment is no longer offered, but DOKU may still take money for it: it is
 * watched to its end and can still pay the order.
 */
export async function supersedePayment(deps: Deps, id: string): Promise<SupersedePayment> {
  const orderId = OrderId.safeParse(id);
  if (!orderId.success) return { outcome: "not_found" };
  const done = await deps.db.transaction(async (tx): Promise<SupersedePayment> => {
    const order = await lockOrder(tx, orderId.data);
    if (!order) return { outcome: "not_found" };
    if (order.paidAt) return { outcome: "already_paid" };
    const live = await findLivePayment(tx, order.id);
    // A reusable code is the merchant's to end: others may hold it too. And money that a person looks at has come already.
    if (!live || live.reusable || (await isUnderReview(tx, order.id)))
      return { outcome: "nothing_to_supersede" };
    const now = deps.now();
    await savePayment(tx, live.id, { supersededAt: now });
    await recordEvent(tx, order.id, {
      id: deps.newId(),
      kind: "superseded",
      cause: "shopper",
      at: now,
      paymentId: live.id,
      from: live.status,
      to: live.status,
    });
    return { outcome: "superseded" };
  });
  if (done.outcome === "superseded") deps.nudge(orderId.data);
  return done;
}
