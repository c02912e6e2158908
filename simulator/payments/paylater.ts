import { getPaylaterChannel } from "../channels/list";
import type { PaylaterOrder, Notification, Payment } from "../core/state";
import { toWholeSecond } from "../core/wib-time";
import {
  currentOrderState,
  isTimeUp,
  newId,
  currentTime,
  listPayments,
  toFaultSubject,
  consumeFault,
  type Sandbox,
} from "../core/sandbox";
import { notifyFailed, notifyPaid } from "../notifications/outbox";
import { type TillRefusal, refuseAtTill } from "./till-bill";
import type { PaidResult } from "./pay";

export type DecisionResult = { outcome: "decided"; notification: Notification | null };

function recordPayment(sandbox: Sandbox, bill: PaylaterOrder, remark: Payment["remark"]): Payment {
  const payment: Payment = {
    id: newId(),
    invoice: bill.invoice,
    channel: bill.channel,
    code: null,
    amount: bill.amount,
    date: toWholeSecond(currentTime(sandbox)).toISOString(),
    identifiers: getPaylaterChannel(bill.channel).identifiers(bill),
    state: "paid",
    remark,
    originalRequestId: bill.requestId,
    notificationId: null,
  };
  sandbox.state.payments.push(payment);
  bill.state = "SUCCESS";
  payment.notificationId = notifyPaid(sandbox, bill, payment).id;
  sandbox.changed();
  return payment;
}

/** FAILED is not final (protocol 9): a refused order can still be approved while its time lasts. */
export function approveOrder(
  sandbox: Sandbox,
  bill: PaylaterOrder,
  tenorMonths: number | undefined,
): PaidResult | TillRefusal {
  if (bill.state === "SUCCESS" || bill.state === "REFUNDED") return refuseAtTill("already_paid");
  const late = isTimeUp(sandbox, bill);
  if (late && !consumeFault(sandbox, "pay_after_expiry", toFaultSubject(bill)))
    return refuseAtTill("expired");
  bill.tenorMonths = tenorMonths ?? bill.tenorMonths;
  return { outcome: "paid", payment: recordPayment(sandbox, bill, late ? "after_expiry" : "in_time") };
}

export function refuseOrder(sandbox: Sandbox, bill: PaylaterOrder): DecisionResult | TillRefusal {
  if (bill.state === "SUCCESS" || bill.state === "REFUNDED") return refuseAtTill("already_paid");
  if (currentOrderState(sandbox, bill) === "EXPIRED") return refuseAtTill("expired");
  bill.state = "FAILED";
  bill.failedAt = currentTime(sandbox).toISOString();
  sandbox.changed();
  return { outcome: "decided", notification: notifyFailed(sandbox, bill) };
}

/** Whether a cancel is notified is not documented (protocol 6.3); by default the order stays pending. */
export function cancelOrder(sandbox: Sandbox, bill: PaylaterOrder): DecisionResult | TillRefusal {
  if (bill.state === "SUCCESS" || bill.state === "REFUNDED") return refuseAtTill("already_paid");
  bill.cancelledAt = currentTime(sandbox).toISOString();
  sandbox.changed();
  if (sandbox.state.switches.paylater_cancel === "failed_notification") return refuseOrder(sandbox, bill);
  return { outcome: "decided", notification: null };
}

/** A refund made elsewhere: only Check Status shows it, no notification is documented (protocol 11.2). */
export function refundOrder(sandbox: Sandbox, bill: PaylaterOrder): DecisionResult | TillRefusal {
  const payment = listPayments(sandbox, bill.invoice).at(-1);
  if (bill.state !== "SUCCESS" || !payment) return refuseAtTill("not_found", "nothing was paid");
  payment.state = "refunded";
  bill.state = "REFUNDED";
  sandbox.changed();
  return { outcome: "decided", notification: null };
}
