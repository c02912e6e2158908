import { saveChange } from "@/db/queries/changes";
import type { ChangeRow } from "@/db/queries/changes";
import type { Tx } from "@/db/database";
import { recordEvent } from "@/db/queries/orders";
import type { NewEvent, OrderRow, PaymentRow } from "@/db/queries/orders";
import { columnsOf, savePayment } from "@/db/queries/payments";
import type { Deps } from "../deps";
import { nextCheckOf } from "../reconciliation/next-check";

/** A change that now holds: DOKU has made it, or it is of a bill that waits here. The caller holds the order's lock. */
export async function saveCancelled(
  tx: Tx,
  deps: Deps,
  { payment, change }: { payment: PaymentRow; change: ChangeRow },
): Promise<void> {
  const now = deps.now();
  const cancelled = { ...payment, ...columnsOf({ status: "cancelled", at: now }) };
  await saveChange(tx, change.id, { status: "done", settledAt: now });
  await savePayment(tx, payment.id, {
    ...columnsOf({ status: "cancelled", at: now }),
    nextCheckAt: nextCheckOf(cancelled, now) ?? null,
    leasedUntil: null,
  });
  await recordEvent(tx, payment.orderId, {
    id: deps.newId(),
    kind: "moved",
    cause: change.cause,
    at: now,
    paymentId: payment.id,
    from: "awaiting_payment",
    to: "cancelled",
  });
}

type Renewal = { order: OrderRow; payment: PaymentRow; change: ChangeRow; expiresAt: Date };

const kinds = {
  cancel: undefined,
  extend: "extended",
  amount: "amount_changed",
  details: "details_changed",
} as const;

/** The code runs on: for its whole time anew, and for another amount or with other words when those were asked for. */
export async function saveRenewed(tx: Tx, deps: Deps, renewal: Renewal): Promise<void> {
  const { order, payment, change, expiresAt } = renewal;
  const now = deps.now();
  const amount = change.amountAfter ?? payment.amount;
  const kind = kinds[change.kind];
  if (kind === undefined) throw new Error("a cancelled code does not run on");
  await saveChange(tx, change.id, { status: "done", settledAt: now });
  await savePayment(tx, payment.id, {
    amount,
    expiresAt,
    ...(change.details && { terms: { ...payment.terms, info: change.details.info || undefined } }),
    nextCheckAt: nextCheckOf({ ...payment, expiresAt }, now) ?? now,
    leasedUntil: null,
  });
  await recordEvent(tx, payment.orderId, eventOf(deps, renewal, { kind, amount, now }), {
    // Another code may have paid the order meanwhile, with an amount of its own.
    ...(!order.paidAt && { amount }),
    ...(change.details && {
      customerName: change.details.name,
      customerEmail: change.details.email || null,
    }),
  });
}

function eventOf(
  deps: Deps,
  { payment, change, expiresAt }: Renewal,
  { kind, amount, now }: { kind: NewEvent["kind"]; amount: number; now: Date },
): NewEvent {
  return {
    id: deps.newId(),
    kind,
    cause: change.cause,
    at: now,
    paymentId: payment.id,
    from: "awaiting_payment",
    to: "awaiting_payment",
    detail: { expiresAt: expiresAt.toISOString(), ...(change.kind === "amount" && { amount }) },
  };
}
