import type { OrderRow } from "@/db/queries/orders";
import type { Tx } from "@/db/database";
import { isUnderReview, lockOrder, recordEvent } from "@/db/queries/orders";
import { findLivePayment, savePayment } from "@/db/queries/payments";
import { getChannel } from "@/lib/channels/registry";
import { decideChange } from "@/lib/payment/change-request";
import { OrderId } from "@/lib/payment/order-id";
import { toChangeablePayment } from "../changes/changeable-payment";
import type { Deps } from "../deps";

export type SupersedePayment = {
  outcome: "superseded" | "nothing_to_supersede" | "already_paid" | "not_found";
};

/**
 * Makes room for another payment method. The old payment is no longer offered, but it can still be paid at DOKU: status
 * checks go on until its end, and it can still pay the order.
 */
export async function supersedePayment(deps: Deps, id: string): Promise<SupersedePayment> {
  const orderId = OrderId.safeParse(id);
  if (!orderId.success) return { outcome: "not_found" };
  const done = await deps.db.transaction(async (tx): Promise<SupersedePayment> => {
    const order = await lockOrder(tx, orderId.data);
    return order ? supersedeLive(tx, deps, order) : { outcome: "not_found" };
  });
  if (done.outcome === "superseded") deps.publishOrderChanged(orderId.data);
  return done;
}

async function supersedeLive(tx: Tx, deps: Deps, order: OrderRow): Promise<SupersedePayment> {
  const live = await findLivePayment(tx, order.id);
  const decision = decideChange(
    {
      order: { isPaid: order.paidAt !== null, isUnderReview: await isUnderReview(tx, order.id) },
      payment: live && toChangeablePayment(live, getChannel(live.channel)),
      open: undefined,
      limits: undefined,
    },
    "shopper",
    { kind: "replace" },
  );
  if (decision.kind === "reject" && decision.because === "already_paid") return { outcome: "already_paid" };
  if (decision.kind !== "apply_here" || !live) return { outcome: "nothing_to_supersede" };
  const now = deps.now();
  await savePayment(tx, live.id, { supersededAt: now });
  await recordEvent(tx, order.id, {
    id: deps.newId(),
    kind: "superseded",
    actor: "shopper",
    reason: "method_changed",
    at: now,
    paymentId: live.id,
    from: live.status,
    to: live.status,
  });
  return { outcome: "superseded" };
}
