import { findOpenChange, insertChange } from "@/db/changes";
import type { Tx } from "@/db/database";
import { lockOrder, recordEvent } from "@/db/orders";
import type { OrderRow, PaymentRow } from "@/db/orders";
import { findLivePayment, leasePayment, savePayment } from "@/db/payments";
import type { EventCause } from "@/db/schema";
import { getChannel } from "../channels/registry";
import { OrderId } from "../payment/order-id";
import type { Rupiah } from "../payment/rupiah";
import type { Deps } from "./deps";
import { sendChange } from "./send-change";

export type ChangePayment = {
  outcome:
    | "done"
    /** DOKU has not answered usably; the same change is sent again until it has. */
    | "unknown"
    /** DOKU would not: the code may be paid already, and is treated as payable until DOKU tells. */
    | "refused"
    | "already_paid"
    /** No live code, or a channel whose codes DOKU does not change. */
    | "not_possible"
    /** The amount is the one of now, or beyond what the channel takes. */
    | "does_not_fit"
    | "not_found";
};

export type ChangeInput = {
  orderId: string;
  cause: Extract<EventCause, "shopper" | "merchant">;
} & Wish;

type Wish = { kind: "cancel" | "extend" } | { kind: "amount"; amount: Rupiah };

/** As long as one call and its time-out. Milliseconds. */
const leaseFor = 15_000;

/**
 * Cancels the live code of an order at DOKU, gives it its whole time anew, or has it ask for another amount, for which
 * its time begins anew too. Saved with its exact bytes before DOKU is
 * asked, like a payment; a SUCCESS that beats it still pays.
 */
export async function changePayment(deps: Deps, input: ChangeInput): Promise<ChangePayment> {
  const orderId = OrderId.safeParse(input.orderId);
  if (!orderId.success) return { outcome: "not_found" };
  const saved = await deps.db.transaction((tx) => save(tx, deps, { ...input, orderId: orderId.data }));
  if (saved.outcome !== "saved") return saved;
  const now = deps.now();
  const leased = await leasePayment(deps.db, saved.paymentId, now, new Date(now.getTime() + leaseFor));
  return leased ? sendChange(deps, leased) : { outcome: "unknown" };
}

type Saved = { outcome: "saved"; paymentId: string } | ChangePayment;

async function save(tx: Tx, deps: Deps, input: ChangeInput & { orderId: OrderId }): Promise<Saved> {
  const order = await lockOrder(tx, input.orderId);
  if (!order) return { outcome: "not_found" };
  if (order.paidAt) return { outcome: "already_paid" };
  const payment = await findLivePayment(tx, order.id);
  const body = payment && bodyOf(deps, { order, payment, wish: input });
  if (!body) return { outcome: "not_possible" };
  if (input.kind === "amount" && !isFitting(deps, payment, input.amount)) return { outcome: "does_not_fit" };
  const open = await findOpenChange(tx, payment.id);
  // Asked twice, it is one change; another one waits until this is settled.
  if (open)
    return open.kind === input.kind && (input.kind !== "amount" || open.amountAfter === input.amount)
      ? { outcome: "saved", paymentId: payment.id }
      : { outcome: "not_possible" };
  await insert(tx, deps, { ...input, payment, body });
  return { outcome: "saved", paymentId: payment.id };
}

function isFitting({ settings }: Deps, payment: PaymentRow, amount: Rupiah): boolean {
  const limits = settings.channels[payment.channel];
  return limits !== undefined && amount !== payment.amount && amount >= limits.min && amount <= limits.max;
}

/** undefined when this payment's code cannot be changed at DOKU. */
function bodyOf(
  deps: Deps,
  { order, payment, wish }: { order: OrderRow; payment: PaymentRow; wish: Wish },
): string | undefined {
  const channel = getChannel(payment.channel);
  const isPossible = payment.status === "awaiting_payment" && channel.can[wish.kind];
  if (!isPossible || payment.paymentCode === null || !channel.toChangeBody) return undefined;
  const { invoiceNumber, paymentCode: code, expiresInMinutes } = payment;
  const amount = wish.kind === "amount" ? wish.amount : payment.amount;
  const contact = {
    name: order.customerName ?? "",
    email: order.customerEmail ?? "",
    phone: order.customerPhone ?? "",
  };
  const { merchantName } = deps.settings;
  return JSON.stringify(
    channel.toChangeBody({
      kind: wish.kind,
      invoiceNumber,
      amount,
      code,
      expiresInMinutes,
      merchantName,
      contact,
    }),
  );
}

async function insert(
  tx: Tx,
  deps: Deps,
  { payment, body, ...wish }: ChangeInput & { payment: PaymentRow; body: string },
): Promise<void> {
  const { kind, cause } = wish;
  const amounts = wish.kind === "amount" && { amountBefore: payment.amount, amountAfter: wish.amount };
  const now = deps.now();
  await insertChange(tx, {
    id: deps.newId(),
    paymentId: payment.id,
    kind,
    cause,
    expiresInMinutes: payment.expiresInMinutes,
    ...amounts,
    requestId: deps.newId(),
    requestPath: payment.requestPath,
    requestBody: body,
    status: "requested",
    createdAt: now,
  });
  // A crash before DOKU is asked is found like any unknown outcome.
  await savePayment(tx, payment.id, { nextCheckAt: now });
  await recordEvent(tx, payment.orderId, {
    id: deps.newId(),
    kind: "change_asked",
    cause,
    at: now,
    paymentId: payment.id,
    from: payment.status,
    to: payment.status,
    detail: { change: kind, ...(wish.kind === "amount" && { amount: wish.amount }) },
  });
}
