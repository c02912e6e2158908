import { toCaseId, toPaymentId, toSessionId } from "@/lib/api/ids";
import { OrderId } from "@/lib/payment/order-id";
import type { EventRecord, Snapshot } from "./snapshot";

/** Something that the merchant's program must be told of: the type of its event, what it is about, and when it was. */
export type Fact = { type: string; about: string; atMs: number };

/**
 * Every fact that the database has recorded, by the table in docs/api.md. The simulation does not ask the program for it: a
 * type that the program forgets is missed here.
 */
export function listFacts(snapshot: Snapshot): Fact[] {
  const { events } = snapshot;
  return [
    ...events.flatMap((event) => listEventFacts(event, snapshot)),
    ...listMoneyFacts(snapshot),
    ...listCaseFacts(snapshot),
  ];
}

function listEventFacts(event: EventRecord, { payments, events }: Snapshot): Fact[] {
  const { kind, from_status: from, to_status: to, payment_id, order_id } = event;
  const atMs = Date.parse(event.at);
  const session = (type: string): Fact => ({
    type: `checkout_session.${type}`,
    about: toSession(order_id),
    atMs,
  });
  const payment = (type: string): Fact => ({
    type: `payment.${type}`,
    about: toPaymentId(payment_id ?? ""),
    atMs,
  });
  if (kind === "code_issued") return [payment("code_issued")];
  if (kind === "session_expired") return [session("expired")];
  if (kind === "session_cancelled") return [session("cancelled")];
  if (to === null || to === from) return [];
  if (to === "failed" || to === "expired" || to === "cancelled") return [payment(to)];
  if (to === "refunded") return [session("refunded")];
  if (to !== "paid") return [];
  const own = payments.find(({ id }) => id === payment_id);
  return [
    ...(!own?.reusable && isPaidAfterRefund(event, events) ? [session("paid")] : []),
    ...(own?.paid_late ? [payment("paid_late")] : []),
  ];
}

/** The order's first money is told by itself; after its refund other money makes the order paid again. */
function isPaidAfterRefund({ order_id, version }: EventRecord, events: readonly EventRecord[]): boolean {
  // Money whose refund came first is no change to "paid".
  const isMoney = ({ kind, to_status }: EventRecord) => to_status === "paid" || kind === "paid_again";
  const wasPaid = events.some((one) => one.order_id === order_id && one.version < version && isMoney(one));
  return wasPaid && replayHistory(events, order_id, version - 1).session === "refunded";
}

function listMoneyFacts({ orders, payments, receipts }: Snapshot): Fact[] {
  const reusable = payments.filter((payment) => payment.reusable);
  const paid = orders.flatMap(({ id, paid_at }): Fact[] => {
    const isTopUp = reusable.some(({ order_id }) => order_id === id);
    if (paid_at === null || isTopUp) return [];
    return [{ type: "checkout_session.paid", about: toSession(id), atMs: Date.parse(paid_at) }];
  });
  const topUps = receipts
    .filter(({ payment_id }) => reusable.some(({ id }) => id === payment_id))
    .map(({ id, paid_at }) => ({ type: "top_up.received", about: `topup_${id}`, atMs: Date.parse(paid_at) }));
  return [...paid, ...topUps];
}

const listCaseFacts = ({ cases }: Snapshot): Fact[] =>
  cases.flatMap(({ id, kind, payment_id, opened_at, closed_at }): Fact[] => {
    const [about, atMs] = [toCaseId(id), Date.parse(opened_at)];
    const differs = { type: "payment.amount_differs", about: toPaymentId(payment_id ?? ""), atMs };
    return [
      ...(kind === "amount_differs" ? [differs] : []),
      { type: "case.opened", about, atMs },
      ...(closed_at === null ? [] : [{ type: "case.closed", about, atMs: Date.parse(closed_at) }]),
    ];
  });

const toSession = (orderId: string): string => toSessionId(OrderId.parse(orderId));

/** What an order's history says of its payments and itself once it had this version. */
export function replayHistory(events: readonly EventRecord[], orderId: string, version: number) {
  const past = events.filter((event) => event.order_id === orderId && event.version <= version);
  const payments = new Map<string, string>();
  // DOKU may report a refund before the payment itself.
  const isPaid = past.some(({ to_status }) => to_status === "paid" || to_status === "refunded");
  for (const { payment_id, to_status } of past)
    if (payment_id !== null && to_status !== null) payments.set(toPaymentId(payment_id), to_status);
  const end = past.find(({ kind }) => /^session_(expired|cancelled)$/.test(kind))?.kind;
  return { payments, session: toSessionStatus([...payments.values()], isPaid, end) };
}

function toSessionStatus(payments: readonly string[], isPaid: boolean, end: string | undefined): string {
  if (isPaid) return payments.includes("paid") ? "paid" : "refunded";
  return end === undefined ? "open" : end.slice("session_".length);
}
