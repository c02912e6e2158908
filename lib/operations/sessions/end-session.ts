import { lockOrder, recordEvent } from "@/db/queries/orders";
import { findLivePayment } from "@/db/queries/payments";
import { findSession, listDueSessions, saveSessionEnd } from "@/db/queries/sessions";
import type { Tx } from "@/db/database";
import { getChannel } from "@/lib/channels/registry";
import type { Actor } from "@/lib/payment/attribution";
import type { OrderId } from "@/lib/payment/order-id";
import { changePayment } from "../changes/change-payment";
import type { Deps } from "../deps";

export type EndSession =
  /** No payment is started any more. A code that DOKU did not take back is watched, and what it brings still counts. */
  | { outcome: "ended"; code: "none" | "cancelled" | "still_payable" }
  | { outcome: "already_paid" | "already_ended" | "not_found" };

/** Ends a session because the shop asked for it, and cancels its code at DOKU where the channel can. */
export async function cancelSession(
  deps: Deps,
  { orderId, actor }: { orderId: OrderId; actor: Actor },
): Promise<EndSession> {
  const ended = await deps.db.transaction((tx) => saveEnd(tx, deps, { orderId, actor, as: "cancelledAt" }));
  if (ended.outcome !== "ended") return ended;
  deps.publishOrderChanged(orderId);
  const payment = await findLivePayment(deps.db, orderId);
  if (!payment) return { outcome: "ended", code: "none" };
  if (payment.status !== "awaiting_payment" || !getChannel(payment.channel).can.cancel)
    return { outcome: "ended", code: "still_payable" };
  const changed = await changePayment(deps, { orderId, actor, reason: "requested", kind: "cancel" });
  return { outcome: "ended", code: changed.outcome === "done" ? "cancelled" : "still_payable" };
}

/**
 * Ends the sessions whose time has passed and that no code is out for. A session with a live code stays open: its
 * shopper may be in the queue.
 * @returns how many ended
 */
export async function endDueSessions(deps: Deps, most = 100): Promise<number> {
  let count = 0;
  for (const orderId of await listDueSessions(deps.db, deps.now(), most)) {
    const ended = await deps.db.transaction((tx) =>
      saveEnd(tx, deps, { orderId, actor: "system", as: "expiredAt" }),
    );
    if (ended.outcome !== "ended") continue;
    deps.publishOrderChanged(orderId);
    count += 1;
  }
  return count;
}

type End = { orderId: OrderId; actor: Actor; as: "expiredAt" | "cancelledAt" };

async function saveEnd(tx: Tx, deps: Deps, { orderId, actor, as }: End): Promise<EndSession> {
  const order = await lockOrder(tx, orderId);
  const session = order && (await findSession(tx, orderId));
  if (!order || !session) return { outcome: "not_found" };
  if (order.paidAt) return { outcome: "already_paid" };
  if (session.expiredAt || session.cancelledAt) return { outcome: "already_ended" };
  if (as === "expiredAt" && (await findLivePayment(tx, orderId))) return { outcome: "already_ended" };
  const now = deps.now();
  await saveSessionEnd(tx, orderId, as === "expiredAt" ? { expiredAt: now } : { cancelledAt: now });
  await recordEvent(tx, orderId, {
    id: deps.newId(),
    kind: as === "expiredAt" ? "session_expired" : "session_cancelled",
    actor,
    reason: as === "expiredAt" ? "deadline_passed" : "requested",
    at: now,
  });
  return { outcome: "ended", code: "none" };
}
