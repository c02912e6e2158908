import { findOpenChange, insertChange } from "@/db/queries/changes";
import type { ChangeRow } from "@/db/queries/changes";
import type { Tx } from "@/db/database";
import { isUnderReview, lockOrder, recordEvent } from "@/db/queries/orders";
import type { OrderRow, PaymentRow } from "@/db/queries/orders";
import { findLivePayment, findPayment, leasePayment, savePayment } from "@/db/queries/payments";
import type { ChangedDetails, EventCause } from "@/db/schema";
import { getChannel } from "@/lib/channels/registry";
import { OrderId } from "@/lib/payment/order-id";
import type { Rupiah } from "@/lib/payment/rupiah";
import { saveCancelled, saveRenewed } from "./apply-change";
import { faultOfWish } from "./change-fault";
import type { ChangeFault } from "./change-fault";
import type { Deps } from "../deps";
import { featuresOf } from "../payments/new-payment";
import { sendChange } from "./send-change";

export type ChangePayment =
  | {
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
    }
  | { outcome: "does_not_fit"; fault: ChangeFault };

export type ChangeInput = {
  orderId: string;
  /** One payment of the order; the live one when left out. Another than the live one can only be cancelled. */
  paymentId?: string | undefined;
  cause: Extract<EventCause, "shopper" | "merchant">;
} & Wish;

export type Wish =
  | { kind: "cancel" | "extend" }
  | { kind: "amount"; amount: Rupiah }
  /** What the till shows; the time begins anew, as with every change. */
  | { kind: "details"; details: ChangedDetails };

/** As long as one call and its time-out. Milliseconds. */
const leaseFor = 15_000;

/**
 * Cancels a code of an order at DOKU, gives it its whole time anew, or has it ask for another amount or show other words,
 * for which its time begins anew too. Saved with its exact bytes before DOKU is asked, like a payment; a SUCCESS that
 * beats it still pays. A bill that waits here for DOKU's inquiry is changed here, at once.
 */
export async function changePayment(deps: Deps, input: ChangeInput): Promise<ChangePayment> {
  const orderId = OrderId.safeParse(input.orderId);
  if (!orderId.success) return { outcome: "not_found" };
  const saved = await deps.db.transaction((tx) => save(tx, deps, { ...input, orderId: orderId.data }));
  if (saved.outcome === "done") deps.nudge(orderId.data);
  if (saved.outcome !== "saved") return saved;
  const now = deps.now();
  const leased = await leasePayment(deps.db, saved.paymentId, now, new Date(now.getTime() + leaseFor));
  return leased ? sendChange(deps, leased) : { outcome: "unknown" };
}

type Saved = { outcome: "saved"; paymentId: string } | ChangePayment;

async function save(tx: Tx, deps: Deps, input: ChangeInput & { orderId: OrderId }): Promise<Saved> {
  const order = await lockOrder(tx, input.orderId);
  if (!order) return { outcome: "not_found" };
  const payment = await findWished(tx, order, input);
  // A code that a payment was made past is no longer needed, and may still be cancelled.
  const isLeftOver = payment !== undefined && payment.supersededAt !== null && input.kind === "cancel";
  if (order.paidAt && !payment?.reusable && !isLeftOver) return { outcome: "already_paid" };
  // A reusable code is the merchant's: whoever pays it today is not the only one who holds it.
  const isOthersToo = payment?.reusable === true && input.cause === "shopper";
  if (!payment || isOthersToo || !isChangeable(payment, input.kind)) return { outcome: "not_possible" };
  // A page left open may still offer what the merchant is deciding about.
  if (input.cause === "shopper" && (await isUnderReview(tx, order.id))) return { outcome: "not_possible" };
  const fault = faultOfWish(deps, { order, payment }, input);
  if (fault) return { outcome: "does_not_fit", fault };
  const open = await findOpenChange(tx, payment.id);
  // Asked twice, it is one change; another one waits until this is settled.
  if (open)
    return isTheSame(open, input) ? { outcome: "saved", paymentId: payment.id } : { outcome: "not_possible" };
  const change = await insert(tx, deps, { order, payment, input });
  if (payment.codeKind !== "dipc") return { outcome: "saved", paymentId: payment.id };
  await applyHere(tx, deps, { order, payment, change });
  return { outcome: "done" };
}

async function findWished(
  tx: Tx,
  { id }: OrderRow,
  { paymentId }: ChangeInput,
): Promise<PaymentRow | undefined> {
  if (paymentId === undefined) return findLivePayment(tx, id);
  const payment = await findPayment(tx, paymentId);
  return payment?.orderId === id ? payment : undefined;
}

/** Whether this payment's code can be changed so: at DOKU by its channel's means, and a bill that waits here always. */
function isChangeable(payment: PaymentRow, kind: Wish["kind"]): boolean {
  if (payment.status !== "awaiting_payment" || payment.paymentCode === null) return false;
  if (payment.supersededAt !== null && kind !== "cancel") return false;
  return payment.codeKind === "dipc" || getChannel(payment.channel).can[kind];
}

const isTheSame = (open: ChangeRow, wish: Wish): boolean =>
  open.kind === wish.kind &&
  (wish.kind !== "amount" || open.amountAfter === wish.amount) &&
  (wish.kind !== "details" || JSON.stringify(open.details) === JSON.stringify(wish.details));

type Wished = { order: OrderRow; payment: PaymentRow; input: ChangeInput };

/** The bytes for DOKU; none for a bill that DOKU does not hold. */
function requestOf(deps: Deps, { order, payment, input }: Wished): { path: string; body: string } {
  const channel = getChannel(payment.channel);
  const { invoiceNumber, paymentCode: code, expiresInMinutes, reusable } = payment;
  if (payment.codeKind === "dipc" || code === null || !channel.toChangeBody) return { path: "", body: "" };
  const details = input.kind === "details" ? input.details : undefined;
  const body = channel.toChangeBody({
    kind: input.kind,
    invoiceNumber,
    amount: input.kind === "amount" ? input.amount : payment.amount,
    code,
    expiresInMinutes,
    reusable,
    merchantName: deps.settings.merchantName,
    contact: {
      name: details?.name ?? order.customerName ?? "",
      email: details?.email ?? order.customerEmail ?? "",
      phone: order.customerPhone ?? "",
    },
    terms: details ? { ...payment.terms, info: details.info || undefined } : payment.terms,
  });
  return { path: featuresOf(deps, channel).changePath ?? payment.requestPath, body: JSON.stringify(body) };
}

async function insert(tx: Tx, deps: Deps, wished: Wished): Promise<ChangeRow> {
  const { payment, input } = wished;
  const { kind, cause } = input;
  const amount = input.kind === "amount" ? input.amount : undefined;
  const now = deps.now();
  const request = requestOf(deps, wished);
  const change = await insertChange(tx, {
    id: deps.newId(),
    paymentId: payment.id,
    kind,
    cause,
    expiresInMinutes: payment.expiresInMinutes,
    ...(amount !== undefined && { amountBefore: payment.amount, amountAfter: amount }),
    ...(input.kind === "details" && { details: input.details }),
    requestId: deps.newId(),
    requestPath: request.path,
    requestBody: request.body,
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
    detail: { change: kind, ...(amount !== undefined && { amount }) },
  });
  return change;
}

/** DOKU learns of it when a till asks next. A till that has asked may still pay what it was told. */
async function applyHere(
  tx: Tx,
  deps: Deps,
  held: { order: OrderRow; payment: PaymentRow; change: ChangeRow },
): Promise<void> {
  if (held.change.kind === "cancel") return saveCancelled(tx, deps, held);
  const expiresAt = new Date(deps.now().getTime() + held.payment.expiresInMinutes * 60_000);
  return saveRenewed(tx, deps, { ...held, expiresAt });
}
