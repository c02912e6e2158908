import type { IndodanaBill, Notification, Payment } from "../core/state";
import { wholeSecond } from "../core/wib-time";
import {
  indodanaState,
  isTimeUp,
  newId,
  nowOf,
  paymentsOf,
  subjectOf,
  takeFault,
  type World,
} from "../core/world";
import { notifyFailed, notifyPaid } from "../notifications/outbox";
import { type Refusal, refuse } from "./till-bill";
import type { Paid } from "./pay";

export type Decided = { outcome: "decided"; notification: Notification | null };

function bookPayment(world: World, bill: IndodanaBill, remark: Payment["remark"]): Payment {
  const payment: Payment = {
    id: newId(),
    invoice: bill.invoice,
    channel: "indodana",
    code: null,
    amount: bill.amount,
    date: wholeSecond(nowOf(world)).toISOString(),
    identifiers: [{ name: "INDODANA_ORDER_ID", value: bill.invoice }],
    state: "paid",
    remark,
    originalRequestId: bill.requestId,
    notificationId: null,
  };
  world.state.payments.push(payment);
  bill.state = "SUCCESS";
  payment.notificationId = notifyPaid(world, bill, payment).id;
  world.changed();
  return payment;
}

/** FAILED is not final (protocol 9): a refused order can still be approved while its time lasts. */
export function approveOrder(
  world: World,
  bill: IndodanaBill,
  tenorMonths: number | undefined,
): Paid | Refusal {
  if (bill.state === "SUCCESS" || bill.state === "REFUNDED") return refuse("already_paid");
  const late = isTimeUp(world, bill);
  if (late && !takeFault(world, "pay_after_expiry", subjectOf(bill))) return refuse("expired");
  bill.tenorMonths = tenorMonths ?? bill.tenorMonths;
  return { outcome: "paid", payment: bookPayment(world, bill, late ? "after_expiry" : "in_time") };
}

export function refuseOrder(world: World, bill: IndodanaBill): Decided | Refusal {
  if (bill.state === "SUCCESS" || bill.state === "REFUNDED") return refuse("already_paid");
  if (indodanaState(world, bill) === "EXPIRED") return refuse("expired");
  bill.state = "FAILED";
  bill.failedAt = nowOf(world).toISOString();
  world.changed();
  return { outcome: "decided", notification: notifyFailed(world, bill) };
}

/** Whether a cancel is told at all is not documented (protocol 6.3); by default the order just stays pending. */
export function cancelOrder(world: World, bill: IndodanaBill): Decided | Refusal {
  if (bill.state === "SUCCESS" || bill.state === "REFUNDED") return refuse("already_paid");
  bill.cancelledAt = nowOf(world).toISOString();
  world.changed();
  if (world.state.switches.indodana_cancel === "failed_notification") return refuseOrder(world, bill);
  return { outcome: "decided", notification: null };
}

/** A refund made elsewhere: seen by Check Status only, no notification is documented (protocol 11.2). */
export function refundOrder(world: World, bill: IndodanaBill): Decided | Refusal {
  const payment = paymentsOf(world, bill.invoice).at(-1);
  if (bill.state !== "SUCCESS" || !payment) return refuse("not_found", "nothing was paid");
  payment.state = "refunded";
  bill.state = "REFUNDED";
  world.changed();
  return { outcome: "decided", notification: null };
}
