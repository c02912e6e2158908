import { objectOf } from "../core/json";
import type { Bill, CodeBill, IndodanaBill, Notification, Payment } from "../core/state";
import { stores } from "../core/channels";
import { listSwitches } from "../core/switches";
import { codeState, indodanaState, nowOf, paymentsOf, type World } from "../core/world";
import { isAcknowledged } from "../notifications/deliver";

/** A code with the state it has now; the token is only inside the how-to-pay addresses. */
export function codeView(world: World, bill: CodeBill) {
  const { token, kind: _kind, ...shown } = bill;
  const slug = stores[bill.channel].slug;
  const base = world.settings.publicUrl;
  return {
    ...shown,
    state: codeState(world, bill),
    timesPaid: paymentsOf(world, bill.invoice).length,
    howToPayPage: `${base}/how-to-pay/v2/${slug}/${bill.code}/${token}`,
    howToPayApi: `${base}/${slug}/v2/how-to-pay-api/${bill.code}/${token}`,
  };
}

export function orderView(world: World, bill: IndodanaBill) {
  const { kind: _kind, ...shown } = bill;
  const url = `${world.settings.publicUrl}/indodana/pay/${bill.id}`;
  return { ...shown, state: indodanaState(world, bill), url };
}

export const notificationView = (notification: Notification) => ({
  ...notification,
  acknowledged: notification.attempts.some(isAcknowledged),
});

const isCode = (bill: Bill): bill is CodeBill => bill.kind === "code";
const isOrder = (bill: Bill): bill is IndodanaBill => bill.kind === "indodana";

export const listCodes = (world: World) =>
  [...world.state.bills.values()].filter(isCode).map((bill) => codeView(world, bill));

export const listOrders = (world: World) =>
  [...world.state.bills.values()].filter(isOrder).map((bill) => orderView(world, bill));

export const clockView = (world: World) => ({
  now: nowOf(world).toISOString(),
  offsetSeconds: Math.round(world.state.clockOffsetMs / 1000),
  machine: new Date().toISOString(),
});

export function stateView(world: World) {
  const { secretKey: _secretKey, ...settings } = world.settings;
  return {
    clock: clockView(world),
    down: world.state.down,
    settings,
    switches: world.state.switches,
    switchTable: listSwitches(world.state.switches),
    faults: world.state.faults,
    codes: listCodes(world),
    orders: listOrders(world),
    payments: world.state.payments,
    notifications: [...world.state.notifications.values()].map(notificationView),
  };
}

export function receiptOf(world: World, payment: Payment) {
  const bill = world.state.bills.get(payment.invoice);
  const value = (name: string) => payment.identifiers.find((item) => item.name === name)?.value ?? null;
  const { insurance_info, settlement } = objectOf(bill?.additionalInfo);
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
    info: bill?.kind === "code" ? bill.info : "",
    description: bill?.kind === "code" ? bill.description : "",
    footer: bill?.kind === "code" ? bill.footer : "",
    insurance: insurance_info === undefined ? null : objectOf(insurance_info),
    settlement: Array.isArray(settlement) ? settlement : null,
    remark: payment.remark,
    state: payment.state,
  };
}
