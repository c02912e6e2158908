import { toAttribution } from "@/db/attribution";
import { saveChange } from "@/db/queries/changes";
import type { ChangeRow } from "@/db/queries/changes";
import type { Tx } from "@/db/database";
import { recordEvent } from "@/db/queries/orders";
import type { NewEvent, OrderRow, PaymentRow } from "@/db/queries/orders";
import { toStateColumns, savePayment } from "@/db/queries/payments";
import { sumUpReceipts } from "@/db/queries/receipts";
import { staffActor } from "@/lib/payment/attribution";
import type { Attribution } from "@/lib/payment/attribution";
import type { ChangedValidity } from "@/lib/payment/change-request";
import type { Deps } from "../deps";
import { computeNextCheck } from "../reconciliation/next-check";

/** Saves a cancellation that DOKU has made, or that needs no DOKU. The caller holds the order's lock. */
export async function saveCancelled(
  tx: Tx,
  deps: Deps,
  { payment, change }: { payment: PaymentRow; change: ChangeRow },
): Promise<void> {
  const now = deps.now();
  const cancelled = { ...payment, ...toStateColumns({ status: "cancelled", at: now }) };
  await saveChange(tx, change.id, { status: "done", settledAt: now });
  await savePayment(tx, payment.id, {
    ...toStateColumns({ status: "cancelled", at: now }),
    nextCheckAt: computeNextCheck(cancelled, now) ?? null,
    leasedUntil: null,
  });
  await recordEvent(tx, payment.orderId, {
    id: deps.newId(),
    kind: "moved",
    ...getAttribution(change),
    at: now,
    paymentId: payment.id,
    from: "awaiting_payment",
    to: "cancelled",
  });
}

/** A release from before `actor` and `reason` may have saved the change; then only its cause is known. */
function getAttribution(change: ChangeRow): Attribution {
  const { actor, reason = "requested" } = toAttribution(change);
  return { actor: actor === "staff" ? staffActor("unknown") : actor, reason };
}

type Renewal = { order: OrderRow; payment: PaymentRow; change: ChangeRow; expiresAt: Date };

const eventKinds = {
  cancel: undefined,
  extend: "extended",
  amount: "amount_changed",
  details: "details_changed",
  validity: "validity_changed",
} as const;

/**
 * Saves a change after which the code stays payable: its time starts again, with the new amount, details or validity if
 * any.
 */
export async function saveRenewed(tx: Tx, deps: Deps, renewal: Renewal): Promise<void> {
  const { order, payment, change, expiresAt } = renewal;
  const now = deps.now();
  const amount = change.amountAfter ?? payment.amount;
  const kind = eventKinds[change.kind];
  if (kind === undefined) throw new Error("a cancellation is saved by saveCancelled");
  await saveChange(tx, change.id, { status: "done", settledAt: now });
  await savePayment(tx, payment.id, {
    amount,
    expiresAt,
    ...(change.details && { terms: { ...payment.terms, info: change.details.info || undefined } }),
    ...toValidity(change),
    nextCheckAt: computeNextCheck({ ...payment, expiresAt }, now) ?? now,
    leasedUntil: null,
    // DOKU's steps may name the amount or the deadline, so they are fetched again.
    ...{ howToPay: null, howToPayTries: 0, howToPayDueAt: null },
  });
  await recordEvent(tx, payment.orderId, toRenewalEvent(deps, renewal, { kind, amount, now }), {
    // If another code has paid the order meanwhile, the order keeps the amount that was paid.
    ...(!order.paidAt && { amount }),
    ...(change.details && {
      customerName: change.details.name,
      customerEmail: change.details.email || null,
    }),
  });
  if (payment.reusable && change.reusable === false) await endIfPaid(tx, deps, renewal);
}

/** undefined for a change that leaves it as it is. */
const toValidity = ({ expiresInMinutes, reusable }: ChangeRow): ChangedValidity | undefined =>
  reusable === null ? undefined : { expiresInMinutes, reusable };

/** A code that was paid while DOKU was asked to let it be paid once has had its one payment. */
async function endIfPaid(tx: Tx, deps: Deps, { payment, change }: Renewal): Promise<void> {
  const { last } = await sumUpReceipts(tx, payment.id);
  if (last === null) return;
  const now = deps.now();
  const paid = { ...payment, ...toStateColumns({ status: "paid", paidAt: last }) };
  await savePayment(tx, payment.id, {
    ...toStateColumns({ status: "paid", paidAt: last }),
    nextCheckAt: computeNextCheck(paid, now) ?? null,
  });
  await recordEvent(tx, payment.orderId, {
    id: deps.newId(),
    kind: "moved",
    ...getAttribution(change),
    at: now,
    paymentId: payment.id,
    from: "awaiting_payment",
    to: "paid",
  });
}

function toRenewalEvent(
  deps: Deps,
  { payment, change, expiresAt }: Renewal,
  { kind, amount, now }: { kind: NewEvent["kind"]; amount: number; now: Date },
): NewEvent {
  return {
    id: deps.newId(),
    kind,
    ...getAttribution(change),
    at: now,
    paymentId: payment.id,
    from: "awaiting_payment",
    to: "awaiting_payment",
    detail: {
      expiresAt: expiresAt.toISOString(),
      ...(change.kind === "amount" && { amount }),
      ...toValidity(change),
    },
  };
}
