import type { PaymentLine, Picture } from "./snapshot";
import { must } from "./trial";
import type { Trial } from "./trial";

const days = 24 * 60 * 60 * 1000;

/** What may change from one step to the next, and on whose word. */
export function checkMoves(trial: Trial, before: Picture, after: Picture): void {
  checkAppendOnly(before, after);
  for (const order of after.orders) {
    const old = before.orders.find(({ id }) => id === order.id);
    if (!old) continue;
    must(order.version >= old.version, "I6 a version never falls", { old, order });
    must(old.paid_at === null || old.paid_at === order.paid_at, "I6 an order stays paid", { old, order });
    const asked = [old, ...after.payments.filter(({ order_id }) => order_id === order.id)];
    must(
      asked.some(({ amount }) => amount === order.amount),
      "I9 an order is worth what it was, or what a payment of it asks for",
      order,
    );
  }
  for (const payment of after.payments) {
    const old = before.payments.find(({ id }) => id === payment.id);
    if (!old) continue;
    checkFixed(old, payment);
    checkAmount(trial, old, payment);
    if (stateOf(old) !== stateOf(payment)) checkMove(trial, { old, payment, before, after });
  }
}

/** What is proof is never written again. */
function checkAppendOnly(before: Picture, after: Picture): void {
  for (const table of ["receipts", "notifications", "events", "confirmations", "matches"] as const) {
    const now = new Set(after[table].map((row) => JSON.stringify(row)));
    for (const row of before[table])
      must(now.has(JSON.stringify(row)), `I2 a row of ${table} stays what it was`, row);
  }
}

const fixed = ["invoice_number", "request_id", "request_path", "request_body", "channel"] as const;

/** Changed only to what DOKU's books have asked for. */
function checkAmount({ doku }: Trial, old: PaymentLine, payment: PaymentLine): void {
  if (old.amount === payment.amount) return;
  const asked = doku.ledger.bills.get(payment.invoice_number)?.amounts;
  must(asked?.has(payment.amount) === true, "I9 an amount is one that DOKU was asked for", { old, payment });
}

function checkFixed(old: PaymentLine, payment: PaymentLine): void {
  for (const column of fixed)
    must(old[column] === payment[column], `I7 ${column} never changes`, { old, payment });
  for (const column of ["payment_code", "payment_url"] as const)
    must(old[column] === null || old[column] === payment[column], "I7 at most one code is ever shown", {
      old,
      payment,
    });
  must(!old.paid_late || payment.paid_late, "I4 paid late stays known, whatever comes after", payment);
}

const stateOf = ({
  status,
  payment_code,
  payment_url,
  paid_at,
  paid_late,
  superseded_at,
}: PaymentLine): string =>
  JSON.stringify([status, payment_code, payment_url, paid_at, paid_late, superseded_at]);

type Move = { old: PaymentLine; payment: PaymentLine; before: Picture; after: Picture };

function checkMove(trial: Trial, { old, payment, before, after }: Move): void {
  const versionOf = ({ orders }: Picture) => orders.find(({ id }) => id === payment.order_id)?.version ?? 0;
  must(versionOf(after) > versionOf(before), "I6 no state changes without an event", { old, payment });
  if (old.status === payment.status) return;
  if (old.status === "paid")
    must(
      payment.status === "refunded" && said(trial, payment, "REFUNDED"),
      "I6 paid is left by a verified REFUNDED only",
      { old, payment },
    );
  if (payment.status === "expired") checkExpired(trial, old, payment);
  if (payment.status === "cancelled")
    must(
      trial.doku.ledger.bills.get(payment.invoice_number)?.state === "DELETED",
      "a payment is cancelled only when DOKU has deleted its code",
      payment,
    );
  if (payment.status === "failed") checkFailed(trial, payment);
  if (old.status === "cancelled" && payment.status === "paid")
    must(hasCase(after, "paid_after_cancel", payment), "paid after cancel asks for a person", payment);
}

export const hasCase = ({ cases }: Picture, kind: string, payment: Pick<PaymentLine, "id">): boolean =>
  cases.some((opened) => opened.kind === kind && opened.payment_id === payment.id);

/** DOKU said this word of the payment, in a way that we answered or asked for. */
export const said = (trial: Trial, { invoice_number }: PaymentLine, status: string): boolean =>
  trial.heard.has(`${invoice_number} ${status}`) ||
  trial.notices.some(
    ({ bill, firstAt, ...notice }) =>
      bill.invoice === invoice_number && notice.status === status && firstAt !== undefined,
  ) ||
  (trial.doku.told.get(invoice_number) ?? []).some((told) => told.status === status);

function checkExpired(trial: Trial, old: PaymentLine, payment: PaymentLine): void {
  const since = Date.parse(payment.expires_at ?? payment.created_at);
  const isLastHorizon = old.status === "awaiting_payment" && trial.clock - since >= 8 * days;
  must(
    said(trial, payment, "EXPIRED") || isLastHorizon,
    "a payment expires by DOKU's word or the last horizon, never by our clock alone",
    { old, payment, now: new Date(trial.clock) },
  );
}

/** A refusal is believed only when DOKU cannot have the code; a code must not end by a FAILED (decisions 004 and 005). */
function checkFailed({ doku, clock }: Trial, payment: PaymentLine): void {
  const bill = doku.ledger.bills.get(payment.invoice_number);
  const details = { payment, bill };
  switch (payment.failure_reason) {
    case "declined":
      return must(payment.channel === "indodana", "a code is not ended by FAILED", details);
    case "refused":
      return must(
        bill === undefined || doku.unknownTo.has(payment.invoice_number),
        "a payment is refused only when DOKU has no code for it",
        details,
      );
    default:
      must(clock - Date.parse(payment.created_at) > days, "given up no sooner than after a day", details);
      must(
        doku.unknownTo.has(payment.invoice_number) || doku.told.has(payment.invoice_number),
        "given up only when DOKU knows of no payment",
        details,
      );
  }
}
