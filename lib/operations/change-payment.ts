import { findOpenChange, insertChange } from "@/db/changes";
import type { Tx } from "@/db/database";
import { lockOrder, recordEvent } from "@/db/orders";
import type { OrderRow, PaymentRow } from "@/db/orders";
import { findLivePayment, leasePayment, savePayment } from "@/db/payments";
import type { ChangeKind, EventCause } from "@/db/schema";
import { getChannel } from "../channels/registry";
import { OrderId } from "../payment/order-id";
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
    | "not_found";
};

export type ChangeInput = {
  orderId: string;
  kind: ChangeKind;
  cause: Extract<EventCause, "shopper" | "merchant">;
};

/** As long as one call and its time-out. Milliseconds. */
const leaseFor = 15_000;

/**
 * Cancels the live code of an order at DOKU, or gives it its whole time anew. Saved with its exact bytes before DOKU is
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
  const body = payment && bodyOf(deps, { order, payment, kind: input.kind });
  if (!body) return { outcome: "not_possible" };
  const open = await findOpenChange(tx, payment.id);
  // Asked twice, it is one change; another one waits until this is settled.
  if (open)
    return open.kind === input.kind
      ? { outcome: "saved", paymentId: payment.id }
      : { outcome: "not_possible" };
  await insert(tx, deps, { ...input, payment, body });
  return { outcome: "saved", paymentId: payment.id };
}

/** undefined when this payment's code cannot be changed at DOKU. */
function bodyOf(
  deps: Deps,
  { order, payment, kind }: { order: OrderRow; payment: PaymentRow; kind: ChangeKind },
): string | undefined {
  const channel = getChannel(payment.channel);
  const isPossible = payment.status === "awaiting_payment" && channel.can[kind];
  if (!isPossible || payment.paymentCode === null || !channel.toChangeBody) return undefined;
  const { invoiceNumber, amount, paymentCode: code, expiresInMinutes } = payment;
  const contact = {
    name: order.customerName ?? "",
    email: order.customerEmail ?? "",
    phone: order.customerPhone ?? "",
  };
  const { merchantName } = deps.settings;
  return JSON.stringify(
    channel.toChangeBody({ kind, invoiceNumber, amount, code, expiresInMinutes, merchantName, contact }),
  );
}

async function insert(
  tx: Tx,
  deps: Deps,
  { payment, body, kind, cause }: ChangeInput & { payment: PaymentRow; body: string },
): Promise<void> {
  const now = deps.now();
  await insertChange(tx, {
    id: deps.newId(),
    paymentId: payment.id,
    kind,
    cause,
    expiresInMinutes: payment.expiresInMinutes,
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
    detail: { change: kind },
  });
}
