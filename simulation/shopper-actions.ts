import { changeMethod } from "@/lib/operations/checkout/change-method";
import { changePayment } from "@/lib/operations/changes/change-payment";
import { checkNow } from "@/lib/operations/reconciliation/check-now";
import { placeOrder } from "@/lib/operations/checkout/place-order";
import { startPayment } from "@/lib/operations/payments/start-payment";
import { supersedePayment } from "@/lib/operations/checkout/supersede-payment";
import { Rupiah } from "@/lib/payment/rupiah";
import { count } from "./fault-counts";
import { must } from "./trial";
import type { Process, Trial } from "./trial";

const contact = { name: "Anton Budiman", email: "anton@example.com", phone: "6281234567890" };
const home = {
  firstName: "Anton",
  lastName: "Budiman",
  address: "Jalan Melati 5",
  city: "Jakarta",
  postalCode: "12960",
  phone: "6281234567890",
};
const goods = ["kopi-gayo", "batik-lasem", "keramik-kasongan", "voucher-kelas", "tas-rotan"];

export type Act = (trial: Trial, process: Process) => Promise<string>;

export const place: Act = async (trial, { deps }) => {
  const { random, orders } = trial;
  const again = orders.length > 0 && random.chance(0.3) ? random.pick(orders) : undefined;
  const { checkoutKey, lines } = again ?? {
    checkoutKey: random.uuid(),
    lines: [{ productId: random.pick(goods), quantity: random.whole(1, 3) }],
  };
  if (again) count(trial.faults, "shopper: the same cart again");
  const placed = await placeOrder(deps, { checkoutKey, lines });
  must(placed.outcome === "placed" || placed.outcome === "exists", "a cart becomes an order", placed);
  if (again) must(placed.orderId === again.id, "I7 one order of one checkout key", placed);
  // A crash may have hidden the first answer; the key still finds its order.
  if (!orders.some(({ id }) => id === placed.orderId))
    orders.push({ id: placed.orderId, checkoutKey, lines });
  return placed.outcome;
};

const channelFor = ({ random }: Trial): string =>
  random.weighted({ alfa: 6, indomaret: 3, indodana: 3, nowhere: 0.1 });

export const start: Act = async (trial, { deps }) => {
  const order = anOrder(trial);
  if (!order) return "no order";
  const channel = channelFor(trial);
  const input = { orderId: order, channel, contact, billing: home, shipping: home };
  return `${channel} ${(await startPayment(deps, input)).outcome}`;
};

/** Two tabs, two programs, one moment. */
export const startTwice: Act = async (trial, process) => {
  const order = anOrder(trial);
  if (!order) return "no order";
  count(trial.faults, "shopper: starts twice at once");
  const channel = channelFor(trial);
  const input = { orderId: order, channel, contact, billing: home, shipping: home };
  const other = trial.processes.find((candidate) => candidate !== process) ?? process;
  const both = await settleAll([startPayment(process.deps, input), startPayment(other.deps, input)]);
  return `${channel} ${both.map(({ outcome }) => outcome).join(" ")}`;
};

export const change: Act = async (trial, process) => {
  const order = anOrder(trial);
  if (!order) return "no order";
  count(trial.faults, "shopper: changes the method");
  const changed = await changeMethod(process.deps, order);
  const channel = channelFor(trial);
  const input = { orderId: order, channel, contact, billing: home, shipping: home };
  const started = await startPayment(process.deps, input);
  return `${changed.outcome}, ${channel} ${started.outcome}`;
};

export const supersede: Act = async (trial, { deps }) => {
  const order = anOrder(trial);
  return order ? (await supersedePayment(deps, order)).outcome : "no order";
};

const changing =
  (kind: "cancel" | "extend"): Act =>
  async (trial, { deps }) => {
    const orderId = anOrder(trial);
    if (!orderId) return "no order";
    const { outcome } = await changePayment(deps, { orderId, kind, actor: "staff:sri" });
    count(trial.faults, `change: ${kind} ${outcome}`);
    return outcome;
  };
/** The merchant takes something off or adds something, whatever the state of the order. */
export const amount: Act = async (trial, { deps }) => {
  const orderId = anOrder(trial);
  if (!orderId) return "no order";
  const wanted = Rupiah.parse(10_000 + 500 * trial.random.whole(0, 400));
  const { outcome } = await changePayment(deps, {
    orderId,
    kind: "amount",
    amount: wanted,
    actor: "staff:sri",
  });
  count(trial.faults, `change: amount ${outcome}`);
  return `${wanted} ${outcome}`;
};
export const cancel = changing("cancel");
export const extend = changing("extend");

export const askNow: Act = async (trial, { deps }) => {
  const order = anOrder(trial);
  return order ? `shown ${(await checkNow(deps, order))?.status}` : "no order";
};

const anOrder = ({ random, orders }: Trial): string | undefined =>
  orders.length > 0 ? random.pick(orders).id : undefined;

/** Waits for all before it says what went wrong with one: nothing may go on behind the back of the next step. */
export async function settleAll<T>(work: Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(work);
  return settled.map((one) => {
    if (one.status === "rejected") throw one.reason;
    return one.value;
  });
}
