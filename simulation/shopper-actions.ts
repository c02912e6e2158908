import { claimPayment } from "@/lib/operations/cases/claim-payment";
import { changeMethod } from "@/lib/operations/checkout/change-method";
import { changePayment } from "@/lib/operations/changes/change-payment";
import { requestCheckAsShopper } from "@/lib/operations/reconciliation/request-check-as-shopper";
import { placeOrder } from "@/lib/operations/checkout/place-order";
import { startPayment } from "@/lib/operations/payments/start-payment";
import { supersedePayment } from "@/lib/operations/checkout/supersede-payment";
import { OrderId } from "@/lib/payment/order-id";
import { Rupiah } from "@/lib/payment/rupiah";
import { countFault } from "./fault-counts";
import { invariant } from "./trial";
import type { Action, Trial } from "./trial";

export const contact = { name: "Anton Budiman", email: "anton@example.com", phone: "6281234567890" };
export const home = {
  firstName: "Anton",
  lastName: "Budiman",
  address: "Jalan Melati 5",
  city: "Jakarta",
  postalCode: "12960",
  phone: "6281234567890",
};
const goods = ["kopi-gayo", "batik-lasem", "keramik-kasongan", "voucher-kelas", "tas-rotan"];

export const submitCart: Action = async (trial, { deps }) => {
  const { random, orders } = trial;
  const submitted = orders.filter(({ cart }) => cart !== undefined);
  const again = submitted.length > 0 && random.chance(0.3) ? random.pick(submitted) : undefined;
  const cart = again?.cart ?? {
    checkoutKey: random.uuid(),
    lines: [{ productId: random.pick(goods), quantity: random.whole(1, 3) }],
  };
  if (again) countFault(trial.faults, "shopper: the same cart again");
  const placed = await placeOrder(deps, cart);
  invariant(placed.outcome === "placed" || placed.outcome === "exists", "a cart becomes an order", placed);
  if (again) invariant(placed.orderId === again.id, "I7 one order of one checkout key", placed);
  // A crash may have hidden the first answer; the key still finds its order.
  if (!orders.some(({ id }) => id === placed.orderId)) orders.push({ id: placed.orderId, cart });
  return placed.outcome;
};

export const pickChannel = ({ random }: Trial): string =>
  random.weighted({ alfa: 6, indomaret: 3, indodana: 3, nowhere: 0.1 });

export const choosePayment: Action = async (trial, { deps }) => {
  const order = pickOrder(trial);
  if (!order) return "no order";
  const channel = pickChannel(trial);
  const input = { orderId: order, channel, contact, billing: home, shipping: home };
  return `${channel} ${(await startPayment(deps, input)).outcome}`;
};

/** Two tabs submit at the same moment, to two programs. */
export const choosePaymentTwice: Action = async (trial, process) => {
  const order = pickOrder(trial);
  if (!order) return "no order";
  countFault(trial.faults, "shopper: starts twice at once");
  const channel = pickChannel(trial);
  const input = { orderId: order, channel, contact, billing: home, shipping: home };
  const other = trial.processes.find((candidate) => candidate !== process) ?? process;
  const results = await awaitAll([startPayment(process.deps, input), startPayment(other.deps, input)]);
  return `${channel} ${results.map(({ outcome }) => outcome).join(" ")}`;
};

export const switchMethod: Action = async (trial, process) => {
  const order = pickOrder(trial);
  if (!order) return "no order";
  countFault(trial.faults, "shopper: changes the method");
  const changed = await changeMethod(process.deps, order);
  const channel = pickChannel(trial);
  const input = { orderId: order, channel, contact, billing: home, shipping: home };
  const started = await startPayment(process.deps, input);
  return `${changed.outcome}, ${channel} ${started.outcome}`;
};

export const leaveCode: Action = async (trial, { deps }) => {
  const order = pickOrder(trial);
  return order ? (await supersedePayment(deps, order)).outcome : "no order";
};

const createChange =
  (kind: "cancel" | "extend"): Action =>
  async (trial, { deps }) => {
    const orderId = pickOrder(trial);
    if (!orderId) return "no order";
    const { outcome } = await changePayment(deps, { orderId, kind, actor: "staff:sri" });
    countFault(trial.faults, `change: ${kind} ${outcome}`);
    return outcome;
  };
/** Staff change the amount, whatever the state of the order. */
export const changeAmount: Action = async (trial, { deps }) => {
  const orderId = pickOrder(trial);
  if (!orderId) return "no order";
  const newAmount = Rupiah.parse(10_000 + 500 * trial.random.whole(0, 400));
  const { outcome } = await changePayment(deps, {
    orderId,
    kind: "amount",
    amount: newAmount,
    actor: "staff:sri",
  });
  countFault(trial.faults, `change: amount ${outcome}`);
  return `${newAmount} ${outcome}`;
};
export const cancelCode = createChange("cancel");
export const extendCode = createChange("extend");

export const requestCheck: Action = async (trial, { deps }) => {
  const order = pickOrder(trial);
  return order ? `shown ${(await requestCheckAsShopper(deps, order))?.status}` : "no order";
};

/** A shopper insists; the payment stays as it is, and DOKU is asked again. */
export const claimPaid: Action = async (trial, { deps }) => {
  const order = pickOrder(trial);
  if (!order) return "no order";
  const claim = { orderId: OrderId.parse(order), receiptNumber: "TRX-1", note: "", photo: undefined };
  const { outcome } = await claimPayment(deps, claim);
  countFault(trial.faults, `shopper: claims to have paid, ${outcome}`);
  return outcome;
};

const pickOrder = ({ random, orders }: Trial): string | undefined =>
  orders.length > 0 ? random.pick(orders).id : undefined;

/** Waits for all before it throws: no operation may run on into the next step. */
export async function awaitAll<T>(work: Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(work);
  return settled.map((one) => {
    if (one.status === "rejected") throw one.reason;
    return one.value;
  });
}
