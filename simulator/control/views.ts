import { asObject } from "../core/json";
import type { Bill, PaymentCode, PaylaterOrder, Notification, Payment } from "../core/state";
import { howToPayLinks } from "../channels/code-messages";
import { getCodeChannel } from "../channels/list";
import { paylaterPage } from "../channels/paylater-messages";
import { listSwitches } from "../core/switches";
import {
  currentCodeState,
  currentOrderState,
  currentTime,
  listPayments,
  type Sandbox,
} from "../core/sandbox";
import { isAcknowledged } from "../notifications/deliver";

/** A code with the state it has now; the token is only inside the how-to-pay addresses. */
export function codeView(sandbox: Sandbox, bill: PaymentCode) {
  const { token: _token, kind: _kind, ...shown } = bill;
  const { slug } = getCodeChannel(bill.channel);
  const links = howToPayLinks(sandbox.settings.publicUrl, slug, bill);
  return {
    ...shown,
    state: currentCodeState(sandbox, bill),
    timesPaid: listPayments(sandbox, bill.invoice).length,
    howToPayPage: links.how_to_pay_page,
    howToPayApi: links.how_to_pay_api,
  };
}

export function orderView(sandbox: Sandbox, bill: PaylaterOrder) {
  const { kind: _kind, ...shown } = bill;
  return { ...shown, state: currentOrderState(sandbox, bill), url: paylaterPage(sandbox, bill) };
}

export const notificationView = (notification: Notification) => ({
  ...notification,
  acknowledged: notification.attempts.some(isAcknowledged),
});

const isCode = (bill: Bill): bill is PaymentCode => bill.kind === "payment_code";
const isOrder = (bill: Bill): bill is PaylaterOrder => bill.kind === "paylater_order";

export const listCodes = (sandbox: Sandbox) =>
  [...sandbox.state.bills.values()].filter(isCode).map((bill) => codeView(sandbox, bill));

export const listOrders = (sandbox: Sandbox) =>
  [...sandbox.state.bills.values()].filter(isOrder).map((bill) => orderView(sandbox, bill));

export const clockView = (sandbox: Sandbox) => ({
  now: currentTime(sandbox).toISOString(),
  offsetSeconds: Math.round(sandbox.state.clockOffsetMs / 1000),
  machine: new Date().toISOString(),
});

export function stateView(sandbox: Sandbox) {
  const { secretKey: _secretKey, ...settings } = sandbox.settings;
  return {
    clock: clockView(sandbox),
    down: sandbox.state.down,
    settings,
    switches: sandbox.state.switches,
    switchTable: listSwitches(sandbox.state.switches),
    faults: sandbox.state.faults,
    codes: listCodes(sandbox),
    orders: listOrders(sandbox),
    payments: sandbox.state.payments,
    notifications: [...sandbox.state.notifications.values()].map(notificationView),
  };
}

export function toReceipt(sandbox: Sandbox, payment: Payment) {
  const bill = sandbox.state.bills.get(payment.invoice);
  const value = (name: string) => payment.identifiers.find((item) => item.name === name)?.value ?? null;
  const { insurance_info, settlement } = asObject(bill?.additionalInfo);
  return {
    paymentId: payment.id,
    invoice: payment.invoice,
    channel: payment.channel,
    code: payment.code,
    amount: payment.amount,
    date: payment.date,
    agentId: value("AGENT_ID"),
    storeId: value("AGENT_STORE_ID"),
    transactionId: value("AGENT_TRX_ID"),
    name: bill?.customerName ?? "",
    info: bill?.kind === "payment_code" ? bill.info : "",
    description: bill?.kind === "payment_code" ? bill.description : "",
    footer: bill?.kind === "payment_code" ? bill.footer : "",
    insurance: insurance_info === undefined ? null : asObject(insurance_info),
    settlement: Array.isArray(settlement) ? settlement : null,
    remark: payment.remark,
    state: payment.state,
  };
}
