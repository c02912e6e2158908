import { findOpenChange, saveChange } from "@/db/queries/changes";
import type { ChangeRow } from "@/db/queries/changes";
import type { Tx } from "@/db/database";
import { lockOrder, recordEvent } from "@/db/queries/orders";
import type { OrderRow, PaymentRow } from "@/db/queries/orders";
import { findPayment, savePayment } from "@/db/queries/payments";
import type { ChangeResult } from "@/lib/channels/channel";
import { getChannel } from "@/lib/channels/registry";
import { parseDokuError } from "@/lib/doku/doku-error";
import type { DokuOutcome } from "@/lib/doku/outcome";
import { resendAt } from "@/lib/payment/schedule";
import { saveCancelled, saveRenewed } from "./apply-change";
import type { Deps } from "../deps";
import { toGatewayError } from "../notifications/gateway-error";

export type SendChange = { outcome: "done" | "unknown" | "refused" | "already_paid" | "not_possible" };

/** Sends the open change of a payment and saves DOKU's reply. The caller holds the payment's lease. */
export async function sendChange(deps: Deps, payment: PaymentRow): Promise<SendChange> {
  const open = await findOpenChange(deps.db, payment.id);
  if (!open) return { outcome: "not_possible" };
  // Counted before it is sent: after a crash DOKU may have received it, and then a refusal proves nothing.
  const change = { ...open, tries: open.tries + 1 };
  await saveChange(deps.db, change.id, { tries: change.tries });
  const sentAt = deps.now();
  const reply = await deps.doku.send({
    method: "PATCH",
    path: change.requestPath,
    body: Buffer.from(change.requestBody, "utf8"),
    requestId: change.requestId,
  });
  const saved = await deps.db.transaction((tx) => saveReply(tx, deps, { payment, change, reply, sentAt }));
  deps.publishOrderChanged(payment.orderId);
  return saved;
}

type ChangeReply = { payment: PaymentRow; change: ChangeRow; reply: DokuOutcome; sentAt: Date };

async function saveReply(tx: Tx, deps: Deps, changeReply: ChangeReply): Promise<SendChange> {
  const { payment, change, reply } = changeReply;
  const order = await lockOrder(tx, payment.orderId);
  const current = await findPayment(tx, payment.id);
  if (!order || !current || current.lease !== payment.lease) return { outcome: "unknown" };
  if (current.status !== "awaiting_payment") {
    await saveChange(tx, change.id, { status: "overtaken", settledAt: deps.now() });
    await savePayment(tx, current.id, { leasedUntil: null });
    return { outcome: current.status === "paid" ? "already_paid" : "not_possible" };
  }
  switch (reply.outcome) {
    case "answered":
    case "replayed":
      return saveConfirmed(tx, deps, { ...changeReply, order, current });
    case "refused":
      return saveRefused(tx, deps, current, changeReply);
    case "unknown":
      return saveUnknownOutcome(tx, deps, current, changeReply);
  }
}

/**
 * DOKU's success: the code is cancelled, or runs on until the time that the reply names. A success that cannot be about
 * this change proves nothing: the request is sent again, and after several such replies it counts as refused.
 */
async function saveConfirmed(
  tx: Tx,
  deps: Deps,
  confirmed: ChangeReply & { order: OrderRow; current: PaymentRow },
): Promise<SendChange> {
  const { order, current, change } = confirmed;
  const parsed = parseReply(confirmed);
  if (parsed.outcome !== "confirmed")
    return change.tries < maxUnusableReplies
      ? saveUnknownOutcome(tx, deps, current, confirmed)
      : saveRefused(tx, deps, current, confirmed);
  if (change.kind === "cancel") await saveCancelled(tx, deps, { payment: current, change });
  else await saveRenewed(tx, deps, { order, payment: current, change, expiresAt: parsed.expiresAt });
  return { outcome: "done" };
}

function parseReply({ current, change, reply, sentAt }: ChangeReply & { current: PaymentRow }): ChangeResult {
  const { parseChanged } = getChannel(current.channel);
  const body = reply.outcome === "answered" || reply.outcome === "replayed" ? reply.body : undefined;
  if (!parseChanged || current.paymentCode === null) return { outcome: "unusable", why: "not_changeable" };
  if (parseDokuError(body) !== undefined) return { outcome: "unusable", why: "error_inside_success" };
  return parseChanged(body, {
    kind: change.kind,
    invoiceNumber: current.invoiceNumber,
    merchantReference: current.id,
    amount: change.amountAfter ?? current.amount,
    expiresInMinutes: change.expiresInMinutes,
    reusable: change.reusable ?? current.reusable,
    sentAt,
    code: current.paymentCode,
  });
}

/** The code stays payable. A status check follows at once, because it may have been paid. */
async function saveRefused(
  tx: Tx,
  deps: Deps,
  current: PaymentRow,
  { change, reply }: ChangeReply,
): Promise<SendChange> {
  const now = deps.now();
  const error = toGatewayError(reply, "refused", now);
  await saveChange(tx, change.id, { status: "refused", settledAt: now, lastGatewayError: error });
  await savePayment(tx, current.id, { nextCheckAt: now, leasedUntil: null });
  await recordEvent(tx, current.orderId, {
    id: deps.newId(),
    kind: "change_refused",
    actor: "doku",
    reason: "change_response",
    at: now,
    paymentId: current.id,
    detail: { change: change.kind, ...error },
  });
  return { outcome: "refused" };
}

async function saveUnknownOutcome(
  tx: Tx,
  deps: Deps,
  current: PaymentRow,
  changeReply: ChangeReply,
): Promise<SendChange> {
  const { change, reply } = changeReply;
  const isUnsent = reply.outcome === "unknown" && reply.because === "left_alone";
  const tries = isUnsent ? change.tries - 1 : change.tries;
  if (tries >= maxTries) return saveRefused(tx, deps, current, changeReply);
  const now = deps.now();
  await saveChange(tx, change.id, { tries, lastGatewayError: toGatewayError(reply, "unknown", now) });
  await savePayment(tx, current.id, { nextCheckAt: resendAt(tries, now), leasedUntil: null });
  return { outcome: "unknown" };
}

/** After so many unusable replies a status check is made instead. */
const maxUnusableReplies = 3;

/** Half an hour of tries; then the change counts as refused, and a status check follows. */
const maxTries = 60;
