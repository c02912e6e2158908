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
  ChangedValidity,
  CodeChangeRequest,
} from "@/lib/payment/change-request";
import { mostCodeMinutes } from "@/lib/payment/merchant-code";
import { OrderId } from "@/lib/payment/order-id";
import { sumFixedShares } from "@/lib/payment/settlement";
import { saveCancelled, saveRenewed } from "./apply-change";
import { toChangeablePayment } from "./changeable-payment";
import type { Deps } from "../deps";
import { getFeatures, getLimits } from "../payments/new-payment";
import { sendChange } from "./send-change";

export type ChangePayment =
  | {
      outcome:
        | "done"
        /** The outcome at DOKU is unknown; the same request is sent again. */
        | "unknown"
        /** DOKU refused: the code may be paid already. It counts as payable until a status check says otherwise. */
        | "refused"
        | "already_paid"
        /** No live code, or a channel whose codes DOKU does not change. */
        | "not_possible"
        | "not_found";
    }
  | { outcome: "does_not_fit"; fault: ChangeFault };

export type ChangeInput = {
  orderId: string;
  /** A payment of the order; by default the live one. Any other one can only be cancelled. */
  paymentId?: string | undefined;
  actor: Actor;
  /** By default `requested`. */
  reason?: Reason | undefined;
} & CodeChangeRequest;

/** Longer than the time-out of one call. */
const leaseMs = 15_000;

/**
 * Cancels or extends a code, or changes its amount, its details, or how long and how often it can be paid; every change
 * but a cancellation starts its time again.
 * The change and its exact bytes are saved before the call to DOKU. A payment that arrives first still counts. A bill
 * for direct inquiry is changed here at once, without DOKU.
 */
export async function changePayment(deps: Deps, input: ChangeInput): Promise<ChangePayment> {
  const orderId = OrderId.safeParse(input.orderId);
  if (!orderId.success) return { outcome: "not_found" };
  const saved = await deps.db.transaction((tx) => saveRequest(tx, deps, { ...input, orderId: orderId.data }));
  if (saved.outcome === "done") deps.publishOrderChanged(orderId.data);
  if (saved.outcome !== "saved") return saved;
  return saved.leased ? sendChange(deps, saved.leased) : { outcome: "unknown" };
}

/** `leased` is missing while another process calls DOKU about the payment; reconciliation sends the change after it. */
type SavedRequest = { outcome: "saved"; leased: PaymentRow | undefined } | ChangePayment;

async function saveRequest(
  tx: Tx,
  deps: Deps,
  input: ChangeInput & { orderId: OrderId },
): Promise<SavedRequest> {
  const order = await lockOrder(tx, input.orderId);
  if (!order) return { outcome: "not_found" };
  const payment = await findTargetPayment(tx, order, input);
  const context = await loadChangeContext(tx, deps, order, payment);
  const decision = decideChange(context, parseActor(input.actor).kind, input);
  if (decision.kind === "reject")
    return { outcome: decision.because === "already_paid" ? "already_paid" : "not_possible" };
  if (decision.kind === "invalid") return { outcome: "does_not_fit", fault: decision.fault };
  if (!payment) throw new Error("a change was accepted without a payment");
  if (decision.kind === "repeat") return { outcome: "saved", leased: await leaseForCall(tx, deps, payment) };
  const change = await insertRequestedChange(tx, deps, { order, payment, input });
  if (decision.kind === "ask_doku")
    return { outcome: "saved", leased: await leaseForCall(tx, deps, payment) };
  await applyWithoutDoku(tx, deps, { order, payment, change });
  return { outcome: "done" };
}

/** In the transaction that saves the change: reconciliation, which runs at once for it, would take the lease before us. */
function leaseForCall(tx: Tx, deps: Deps, { id }: PaymentRow): Promise<PaymentRow | undefined> {
  const now = deps.now();
  return leasePayment(tx, id, now, new Date(now.getTime() + leaseMs));
}

async function loadChangeContext(tx: Tx, deps: Deps, order: OrderRow, payment: PaymentRow | undefined) {
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
  const fixedShares = sumFixedShares(payment.terms.settlement ?? []);
  const hasEmail = Boolean(order.customerEmail);
  return { amount: payment.amount, min, max, fixedShares, hasEmail, mostMinutes: mostCodeMinutes };
}

function toRequest({ kind, amountAfter, details, ...change }: ChangeRow): ChangeContext["open"] {
  if (kind === "amount" && amountAfter !== null) return { kind, amount: amountAfter };
  const { expiresInMinutes, reusable } = change;
  if (kind === "validity" && reusable !== null) return { kind, validity: { expiresInMinutes, reusable } };
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

/** The request for DOKU; empty for a bill, which DOKU does not hold. */
function toDokuRequest(deps: Deps, { order, payment, input }: ChangeTarget): { path: string; body: string } {
  const channel = getChannel(payment.channel);
  const { invoiceNumber, paymentCode: code } = payment;
  if (payment.codeKind === "dipc" || code === null || !channel.toChangeBody) return { path: "", body: "" };
  const details = input.kind === "details" ? input.details : undefined;
  const body = channel.toChangeBody({
    kind: input.kind,
    invoiceNumber,
    amount: input.kind === "amount" ? input.amount : payment.amount,
    code,
    ...getValidity(payment, input),
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

/** What is sent with every change; DOKU would put its defaults in place of what is left out. */
const getValidity = (payment: PaymentRow, input: CodeChangeRequest): ChangedValidity =>
  input.kind === "validity"
    ? input.validity
    : { expiresInMinutes: payment.expiresInMinutes, reusable: payment.reusable };

async function insertRequestedChange(tx: Tx, deps: Deps, target: ChangeTarget): Promise<ChangeRow> {
  const { payment, input } = target;
  const { kind, actor, reason = "requested" } = input;
  const amount = input.kind === "amount" ? input.amount : undefined;
  const now = deps.now();
  const request = toDokuRequest(deps, target);
  const change = await insertChange(tx, {
    id: deps.newId(),
    paymentId: payment.id,
    kind,
    actor,
    reason,
    expiresInMinutes: getValidity(payment, input).expiresInMinutes,
    ...(input.kind === "validity" && { reusable: input.validity.reusable }),
    ...(amount !== undefined && { amountBefore: payment.amount, amountAfter: amount }),
    ...(input.kind === "details" && { details: input.details }),
    requestId: deps.newId(),
    requestPath: request.path,
    requestBody: request.body,
    status: "requested",
    createdAt: now,
  });
  // Due at once, so that reconciliation sends it if this process crashes before the call and its lease runs out.
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
    detail: {
      change: kind,
      ...(amount !== undefined && { amount }),
      ...(input.kind === "validity" && input.validity),
    },
  });
  return change;
}

/** DOKU learns of the change with its next inquiry. Until then a till may still take the amount of the last answer. */
async function applyWithoutDoku(
  tx: Tx,
  deps: Deps,
  accepted: { order: OrderRow; payment: PaymentRow; change: ChangeRow },
): Promise<void> {
  if (accepted.change.kind === "cancel") return saveCancelled(tx, deps, accepted);
  const expiresAt = new Date(deps.now().getTime() + accepted.change.expiresInMinutes * 60_000);
  return saveRenewed(tx, deps, { ...accepted, expiresAt });
}
