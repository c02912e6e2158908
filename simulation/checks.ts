import { checkMessages } from "./checks-messages";
import { checkTransitions } from "./checks-transitions";
import { getChannel } from "./ledger";
import type { NotificationRecord, Snapshot, ReceiptRecord } from "./snapshot";
import { invariant } from "./trial";
import type { Trial } from "./trial";

/** The invariants that hold at every moment. @param before the snapshot before the step */
export function checkStep(trial: Trial, before: Snapshot, after: Snapshot): void {
  checkVersions(after);
  checkMoney(trial, after);
  checkOneLivePayment(after);
  checkCalls(trial, after);
  checkRateLimits(trial);
  checkTransitions(trial, before, after);
  checkMessages(trial, before, after);
  checkStaleLeases(trial, after);
}

/** I6: the version of an order is the number of its events, one after another. */
function checkVersions({ orders, events }: Snapshot): void {
  for (const order of orders) {
    const versions = events.filter((event) => event.order_id === order.id).map(({ version }) => version);
    const expected = versions.map((_, index) => index + 2);
    invariant(
      JSON.stringify(versions) === JSON.stringify(expected) && order.version === versions.length + 1,
      "I6 version rises by exactly one with every event",
      { order, versions },
    );
  }
}

/** I1, I9 and the upper half of I10. */
function checkMoney(trial: Trial, snapshot: Snapshot): void {
  const { orders, payments, receipts } = snapshot;
  for (const order of orders) {
    const own = receipts.filter((receipt) => receipt.order_id === order.id);
    invariant(
      (order.paid_at !== null) === own.length > 0,
      "I1 an order is paid iff a receipt proves it",
      order,
    );
  }
  for (const payment of payments) {
    const own = receipts.filter((receipt) => receipt.payment_id === payment.id);
    if (payment.status === "paid")
      invariant(own.length > 0, "I1 a payment is paid iff a receipt proves it", payment);
    if (own.length === 0) continue;
    // A reusable code that was paid is as payable as before.
    invariant(
      payment.reusable || payment.status === "paid" || payment.status === "refunded",
      "I1 a receipt makes its payment paid",
      payment,
    );
    const paid = trial.doku.ledger.bills.get(payment.invoice_number)?.payments ?? [];
    const real = paid.length;
    // A reusable code may ask for another amount after it was paid.
    invariant(
      own.every(({ amount }) =>
        payment.reusable ? paid.some((each) => each.amount === amount) : amount === payment.amount,
      ),
      "I9 a receipt is of the payment's amount",
      own,
    );
    invariant(own.length <= real, "I10 no more receipts than real payments", {
      payment,
      receipts: own,
      real,
    });
    for (const receipt of own) checkSource(trial, snapshot, receipt, payment.invoice_number);
  }
}

function checkSource(
  trial: Trial,
  { notifications }: Snapshot,
  receipt: ReceiptRecord,
  invoice: string,
): void {
  if (receipt.source === "status_check") {
    const reported = trial.doku.reportedStatuses.get(invoice) ?? [];
    invariant(
      reported.some(({ status, amount }) => /^(SUCCESS|REFUNDED)$/.test(status) && amount === receipt.amount),
      "I1 a receipt of a status check needs DOKU's SUCCESS of that amount",
      receipt,
    );
    return;
  }
  const source = notifications.find(({ id }) => id === receipt.notification_id);
  invariant(
    source?.verified_by !== null && source !== undefined,
    "I1 a receipt comes from a verified message",
    receipt,
  );
  const message = parseMessage(source);
  invariant(
    message?.transaction?.status === "SUCCESS" &&
      Number(message.order?.amount) === receipt.amount &&
      message.order?.invoice_number === invoice,
    "I9 a receipt comes from a SUCCESS of the same invoice and amount",
    { receipt, message },
  );
}

type Message = {
  transaction?: { status?: string };
  order?: { amount?: number | string; invoice_number?: string };
};

function parseMessage({ body }: NotificationRecord): Message | undefined {
  const message: Message = JSON.parse(Buffer.from((body ?? "").slice(2), "hex").toString("utf8"));
  return message;
}

/** I7: an order offers at most one payment. */
function checkOneLivePayment({ orders, payments }: Snapshot): void {
  for (const { id } of orders) {
    const live = payments.filter(
      ({ order_id, status, superseded_at }) =>
        order_id === id && superseded_at === null && /^(requested|awaiting_payment)$/.test(status),
    );
    invariant(live.length <= 1, "I7 one live payment of an order", live);
  }
}

/** I7: every attempt has the same Request-Id and bytes, and what is shown is what DOKU has. */
function checkCalls(trial: Trial, { payments }: Snapshot): void {
  const { calls, ledger } = trial.doku;
  const creates = new Map<string, string>();
  const changes = new Map<string, string>();
  for (const { kind, invoice, requestId, bytes } of calls) {
    const [known, key, value] =
      kind === "create"
        ? ([creates, invoice, `${requestId} ${bytes}`] as const)
        : ([changes, requestId, bytes] as const);
    invariant(
      (known.get(key) ?? value) === value,
      "I7 a retry carries the same Request-Id and bytes",
      invoice,
    );
    known.set(key, value);
  }
  for (const payment of payments) {
    if (payment.status !== "awaiting_payment") continue;
    const bill = ledger.bills.get(payment.invoice_number);
    invariant(bill !== undefined, "I7 a code is one that DOKU has", payment);
    const shown = payment.payment_code ?? payment.payment_url;
    const means = bill.means.kind === "code" ? bill.means.code : bill.means.url;
    invariant(shown === means, "I7 a code is the one that DOKU has for the invoice", { payment, bill });
    invariant(payment.channel === getChannel(bill).toLowerCase(), "I7 a payment is of its channel", payment);
  }
}

/** How long a program may pause between taking its turn and asking DOKU. */
const standstillMs = 5000;

/** At most one status check of a payment in a minute and five in a second, whatever crashes in between. */
function checkRateLimits({ doku }: Trial): void {
  const { statusChecks } = doku;
  const lastCheckAt = new Map<string, number>();
  const inSecond = new Map<number, number>();
  for (const { invoice, at } of statusChecks) {
    const since = at - (lastCheckAt.get(invoice) ?? -Infinity);
    invariant(since >= 60_000 - standstillMs, "F23 one status check of a payment in a minute", {
      invoice,
      since,
    });
    lastCheckAt.set(invoice, at);
    const second = Math.floor(at / 1000);
    inSecond.set(second, (inSecond.get(second) ?? 0) + 1);
    invariant((inSecond.get(second) ?? 0) <= 5, "F23 five status checks in a second", { second });
  }
  const newest = statusChecks.at(-1)?.at ?? 0;
  doku.statusChecks = statusChecks.filter(({ at }) => newest - at <= 60_000);
}

/** I14: a program that lost its lease during a call to DOKU writes nothing. */
function checkStaleLeases(trial: Trial, { payments }: Snapshot): void {
  for (const { invoice, row } of trial.staleLeases) {
    const now = payments.find((payment) => payment.invoice_number === invoice);
    const then: Record<string, unknown> = JSON.parse(row);
    const moved = Object.entries(then).filter(
      ([name, value]) => JSON.stringify(Object(now)[name]) !== JSON.stringify(value),
    );
    invariant(moved.length === 0, "I14 an old lease writes nothing", { invoice, moved, now });
  }
  trial.staleLeases.length = 0;
}
