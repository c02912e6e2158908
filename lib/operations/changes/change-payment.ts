import { findOpenChange, insertChange } from "@/db/queries/changes";
import type { ChangeRow } from "@/db/queries/changes";
import type { Tx } from "@/db/database";
import { isUnderReview, lockOrder, recordEvent } from "@/db/queries/orders";
import type { OrderRow, PaymentRow } from "@/db/queries/orders";
import { findLivePayment, findPayment, leasePayment, savePayment } from "@/db/queries/payments";
import { getChannel } from "@/lib/channels/registry";
import { parseActor } from "@/lib/payment/attribution";
import type { Actor, Reason } from "@/lib/payment/attribution";
import { decideChange } from "@/lib/payment/change-request";
import type {
  ChangeContext,
  ChangeFault,
  ChangeLimits,
  CodeChangeRequest,
} from "@/lib/payment/change-request";
import { OrderId } from "@/lib/payment/order-id";
import { fixedShareOf } from "@/lib/payment/settlement";
import { saveCancelled, saveRenewed } from "./apply-change";
import { toChangeablePayment } from "./changeable-payment";
import type { Deps } from "../deps";
import { getFeatures, getLimits } from "../payments/new-payment";
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
  actor: Actor;
  /** `requested` when left out. */
  reason?: Reason | undefined;
} & CodeChangeRequest;

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
  const payment = await findTargetPayment(tx, order, input);
  const context = await loadContext(tx, deps, order, payment);
  const decision = decideChange(context, parseActor(input.actor).kind, input);
  if (decision.kind === "reject")
    return { outcome: decision.because === "already_paid" ? "already_paid" : "not_possible" };
  if (decision.kind === "invalid") return { outcome: "does_not_fit", fault: decision.fault };
  if (!payment) throw new Error("a change of no payment was accepted");
  if (decision.kind === "repeat") return { outcome: "saved", paymentId: payment.id };
  const change = await insert(tx, deps, { order, payment, input });
  if (decision.kind === "ask_doku") return { outcome: "saved", paymentId: payment.id };
  await applyHere(tx, deps, { order, payment, change });
  return { outcome: "done" };
}

async function loadContext(tx: Tx, deps: Deps, order: OrderRow, payment: PaymentRow | undefined) {
  const isUnderReviewNow = await isUnderReview(tx, order.id);
  const open = payment && (await findOpenChange(tx, payment.id));
  return {
    order: { isPaid: order.paidAt !== null, isUnderReview: isUnderReviewNow },
    payment: payment && toChangeablePayment(payment, getChannel(payment.channel)),
    open: open && toRequest(open),
    limits: payment && getChangeLimits(deps, order, payment),
  };
}

function getChangeLimits(deps: Deps, order: OrderRow, payment: PaymentRow): ChangeLimits {
  const { min, max } = getLimits(deps, getChannel(payment.channel));
  const fixedShares = fixedShareOf(payment.terms.settlement ?? []);
  return { amount: payment.amount, min, max, fixedShares, hasEmail: Boolean(order.customerEmail) };
}

function toRequest({ kind, amountAfter, details }: ChangeRow): ChangeContext["open"] {
  if (kind === "amount" && amountAfter !== null) return { kind, amount: amountAfter };
  return kind === "details" && details ? { kind, details } : { kind };
}

async function findTargetPayment(
  tx: Tx,
  { id }: OrderRow,
  { paymentId }: ChangeInput,
): Promise<PaymentRow | undefined> {
  if (paymentId === undefined) return findLivePayment(tx, id);
  const payment = await findPayment(tx, paymentId);
  return payment?.orderId === id ? payment : undefined;
}

type ChangeTarget = { order: OrderRow; payment: PaymentRow; input: ChangeInput };

/** The bytes for DOKU; none for a bill that DOKU does not hold. */
function requestOf(deps: Deps, { order, payment, input }: ChangeTarget): { path: string; body: string } {
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
  return { path: getFeatures(deps, channel).changePath ?? payment.requestPath, body: JSON.stringify(body) };
}

async function insert(tx: Tx, deps: Deps, target: ChangeTarget): Promise<ChangeRow> {
  const { payment, input } = target;
  const { kind, actor, reason = "requested" } = input;
  const amount = input.kind === "amount" ? input.amount : undefined;
  const now = deps.now();
  const request = requestOf(deps, target);
  const change = await insertChange(tx, {
    id: deps.newId(),
    paymentId: payment.id,
    kind,
    actor,
    reason,
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
    actor,
    reason,
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
