import type { PaymentRecord, Snapshot } from "./snapshot";
import { invariant } from "./trial";
import type { Trial } from "./trial";

const dayMs = 24 * 60 * 60 * 1000;

/** What may change from one step to the next, and what must have caused it. */
export function checkTransitions(trial: Trial, before: Snapshot, after: Snapshot): void {
  checkAppendOnly(before, after);
  for (const order of after.orders) {
    const old = before.orders.find(({ id }) => id === order.id);
    if (!old) continue;
    invariant(order.version >= old.version, "I6 a version never falls", { old, order });
    invariant(old.paid_at === null || old.paid_at === order.paid_at, "I6 an order stays paid", {
      old,
      order,
    });
    const possible = [old, ...after.payments.filter(({ order_id }) => order_id === order.id)];
    invariant(
      possible.some(({ amount }) => amount === order.amount),
      "I9 an order's amount is the old one or one of its payments'",
      order,
    );
  }
  for (const payment of after.payments) {
    const old = before.payments.find(({ id }) => id === payment.id);
    if (!old) continue;
    checkFixed(old, payment);
    checkAmount(trial, old, payment);
    if (toStateKey(old) !== toStateKey(payment)) checkTransition(trial, { old, payment, before, after });
  }
}

/** Rows that prove something never change. */
function checkAppendOnly(before: Snapshot, after: Snapshot): void {
  for (const table of ["receipts", "notifications", "events", "confirmations", "matches"] as const) {
    const now = new Set(after[table].map((row) => JSON.stringify(row)));
    for (const row of before[table])
      invariant(now.has(JSON.stringify(row)), `I2 a row of ${table} stays what it was`, row);
  }
}

const fixedColumns = ["invoice_number", "request_id", "request_path", "request_body", "channel"] as const;

/** An amount changes only to one that DOKU's ledger has had. */
function checkAmount({ doku }: Trial, old: PaymentRecord, payment: PaymentRecord): void {
  if (old.amount === payment.amount) return;
  const known = doku.ledger.bills.get(payment.invoice_number)?.amounts;
  invariant(known?.has(payment.amount) === true, "I9 an amount is one that DOKU was asked for", {
    old,
    payment,
  });
}

function checkFixed(old: PaymentRecord, payment: PaymentRecord): void {
  for (const column of fixedColumns)
    invariant(old[column] === payment[column], `I7 ${column} never changes`, { old, payment });
  for (const column of ["payment_code", "payment_url"] as const)
    invariant(old[column] === null || old[column] === payment[column], "I7 at most one code is ever shown", {
      old,
      payment,
    });
  invariant(!old.paid_late || payment.paid_late, "I4 paid late stays known, whatever comes after", payment);
}

const toStateKey = ({
  status,
  payment_code,
  payment_url,
  paid_at,
  paid_late,
  superseded_at,
}: PaymentRecord): string =>
  JSON.stringify([status, payment_code, payment_url, paid_at, paid_late, superseded_at]);

type Transition = { old: PaymentRecord; payment: PaymentRecord; before: Snapshot; after: Snapshot };

function checkTransition(trial: Trial, { old, payment, before, after }: Transition): void {
  const getVersion = ({ orders }: Snapshot) => orders.find(({ id }) => id === payment.order_id)?.version ?? 0;
  invariant(getVersion(after) > getVersion(before), "I6 no state changes without an event", { old, payment });
  if (old.status === payment.status) return;
  if (old.status === "paid")
    invariant(
      payment.status === "refunded" && wasReported(trial, payment, "REFUNDED"),
      "I6 paid is left by a verified REFUNDED only",
      { old, payment },
    );
  if (payment.status === "expired") checkExpired(trial, old, payment);
  if (payment.status === "cancelled")
    invariant(
      trial.doku.ledger.bills.get(payment.invoice_number)?.state === "DELETED",
      "a payment is cancelled only when DOKU has deleted its code",
      payment,
    );
  if (payment.status === "failed") checkFailed(trial, payment);
  if (old.status === "cancelled" && payment.status === "paid")
    invariant(hasCase(after, "paid_after_cancel", payment), "paid after cancel opens a case", payment);
}

export const hasCase = ({ cases }: Snapshot, kind: string, payment: Pick<PaymentRecord, "id">): boolean =>
  cases.some((opened) => opened.kind === kind && opened.payment_id === payment.id);

/** Whether DOKU has reported this status of the payment, by a notification or a status check. */
export const wasReported = (trial: Trial, { invoice_number }: PaymentRecord, status: string): boolean =>
  trial.delivered.has(`${invoice_number} ${status}`) ||
  trial.pendingNotifications.some(
    ({ bill, firstAt, ...notification }) =>
      bill.invoice === invoice_number && notification.status === status && firstAt !== undefined,
  ) ||
  (trial.doku.reportedStatuses.get(invoice_number) ?? []).some((reported) => reported.status === status);

function checkExpired(trial: Trial, old: PaymentRecord, payment: PaymentRecord): void {
  const since = Date.parse(payment.expires_at ?? payment.created_at);
  const isLastHorizon = old.status === "awaiting_payment" && trial.clockMs - since >= 8 * dayMs;
  invariant(
    wasReported(trial, payment, "EXPIRED") || isLastHorizon,
    "a payment expires by DOKU's EXPIRED or the last horizon, never by our clock alone",
    { old, payment, now: new Date(trial.clockMs) },
  );
}

/** A refusal is believed only when DOKU cannot have the code; a code must not end by a FAILED (decisions 004 and 005). */
function checkFailed({ doku, clockMs }: Trial, payment: PaymentRecord): void {
  const bill = doku.ledger.bills.get(payment.invoice_number);
  const details = { payment, bill };
  switch (payment.failure_reason) {
    case "declined":
      return invariant(payment.channel === "indodana", "a code is not ended by FAILED", details);
    case "refused":
      return invariant(
        bill === undefined || doku.notFound.has(payment.invoice_number),
        "a payment is refused only when DOKU has no code for it",
        details,
      );
    default:
      invariant(
        clockMs - Date.parse(payment.created_at) > dayMs,
        "a payment fails as unknown only after a day",
        details,
      );
      invariant(
        doku.notFound.has(payment.invoice_number) || doku.reportedStatuses.has(payment.invoice_number),
        "a payment fails as unknown only when DOKU has no payment",
        details,
      );
  }
}
