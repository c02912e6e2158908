import { findOpenChange, saveChange } from "@/db/queries/changes";
import type { ChangeRow } from "@/db/queries/changes";
import type { Tx } from "@/db/database";
import { lockOrder, recordEvent } from "@/db/queries/orders";
import type { OrderRow, PaymentRow } from "@/db/queries/orders";
import { findPayment, savePayment } from "@/db/queries/payments";
import { getChannel } from "@/lib/channels/registry";
import type { DokuOutcome } from "@/lib/doku/outcome";
import { resendAt } from "@/lib/payment/schedule";
import { saveCancelled, saveRenewed } from "./apply-change";
import type { Deps } from "../deps";
import { troubleOf } from "../notifications/gateway-error";

export type SendChange = { outcome: "done" | "unknown" | "refused" | "already_paid" | "not_possible" };

/** Sends the open change of a payment whose lease the caller holds, and settles it by DOKU's answer. */
export async function sendChange(deps: Deps, payment: PaymentRow): Promise<SendChange> {
  const open = await findOpenChange(deps.db, payment.id);
  if (!open) return { outcome: "not_possible" };
  // Counted before it is sent: after a crash nobody knows whether DOKU had it, and a refusal is then no proof.
  const change = { ...open, tries: open.tries + 1 };
  await saveChange(deps.db, change.id, { tries: change.tries });
  const sentAt = deps.now();
  const answer = await deps.doku.send({
    method: "PATCH",
    path: change.requestPath,
    body: Buffer.from(change.requestBody, "utf8"),
    requestId: change.requestId,
  });
  const settled = await deps.db.transaction((tx) => settle(tx, deps, { payment, change, answer, sentAt }));
  deps.nudge(payment.orderId);
  return settled;
}

type Answered = { payment: PaymentRow; change: ChangeRow; answer: DokuOutcome; sentAt: Date };

async function settle(tx: Tx, deps: Deps, answered: Answered): Promise<SendChange> {
  const { payment, change, answer } = answered;
  const order = await lockOrder(tx, payment.orderId);
  const current = await findPayment(tx, payment.id);
  if (!order || !current || current.lease !== payment.lease) return { outcome: "unknown" };
  if (current.status !== "awaiting_payment") {
    await saveChange(tx, change.id, { status: "overtaken", settledAt: deps.now() });
    await savePayment(tx, current.id, { leasedUntil: null });
    return { outcome: current.status === "paid" ? "already_paid" : "not_possible" };
  }
  switch (answer.outcome) {
    case "answered":
    case "replayed":
      return saveDone(tx, deps, { ...answered, order, current });
    case "refused":
      return saveRefused(tx, deps, current, answered);
    case "unknown":
      return saveUnknown(tx, deps, current, answered);
  }
}

/** What DOKU's yes means: the code is gone, or runs on until the time that its answer names. */
async function saveDone(
  tx: Tx,
  deps: Deps,
  done: Answered & { order: OrderRow; current: PaymentRow },
): Promise<SendChange> {
  const { order, current, change, answer, sentAt } = done;
  if (change.kind === "cancel") {
    await saveCancelled(tx, deps, { payment: current, change });
    return { outcome: "done" };
  }
  const { invoiceNumber, paymentCode } = current;
  const body = answer.outcome === "answered" || answer.outcome === "replayed" ? answer.body : undefined;
  const reading = getChannel(current.channel).readIssued(body, {
    invoiceNumber,
    amount: change.amountAfter ?? current.amount,
    expiresInMinutes: change.expiresInMinutes,
    sentAt,
    code: paymentCode ?? undefined,
  });
  // DOKU has done it, or has it from another try: what its answer lacks is no refusal, unless it goes on lacking it.
  if (reading.outcome !== "issued")
    return change.tries < mostUnusable
      ? saveUnknown(tx, deps, current, done)
      : saveRefused(tx, deps, current, done);
  await saveRenewed(tx, deps, { order, payment: current, change, expiresAt: reading.issued.expiresAt });
  return { outcome: "done" };
}

/** The code stays payable, and DOKU is asked soon why it would not: it may have been paid. */
async function saveRefused(
  tx: Tx,
  deps: Deps,
  current: PaymentRow,
  { change, answer }: Answered,
): Promise<SendChange> {
  const now = deps.now();
  const trouble = troubleOf(answer, "refused", now);
  await saveChange(tx, change.id, { status: "refused", settledAt: now, lastTrouble: trouble });
  await savePayment(tx, current.id, { nextCheckAt: now, leasedUntil: null });
  await recordEvent(tx, current.orderId, {
    id: deps.newId(),
    kind: "change_refused",
    actor: "doku",
    reason: "change_response",
    at: now,
    paymentId: current.id,
    detail: { change: change.kind, ...trouble },
  });
  return { outcome: "refused" };
}

async function saveUnknown(tx: Tx, deps: Deps, current: PaymentRow, answered: Answered): Promise<SendChange> {
  const { change, answer } = answered;
  const isUnsent = answer.outcome === "unknown" && answer.because === "left_alone";
  const tries = isUnsent ? change.tries - 1 : change.tries;
  if (tries >= mostTries) return saveRefused(tx, deps, current, answered);
  const now = deps.now();
  await saveChange(tx, change.id, { tries, lastTrouble: troubleOf(answer, "unknown", now) });
  await savePayment(tx, current.id, { nextCheckAt: resendAt(tries, now), leasedUntil: null });
  return { outcome: "unknown" };
}

/** After so many answers that cannot be used, DOKU's status is asked instead. */
const mostUnusable = 3;

/** Half an hour of trying; after it the status of the payment is what counts. */
const mostTries = 60;
