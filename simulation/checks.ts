import { checkMessages } from "./checks-messages";
import { checkMoves } from "./checks-transitions";
import { channelOf } from "./ledger";
import type { NotificationLine, Picture, ReceiptLine } from "./snapshot";
import { must } from "./trial";
import type { Trial } from "./trial";

/** The invariants that hold at every moment. @param before the picture before the step, to see what moved */
export function checkStep(trial: Trial, before: Picture, after: Picture): void {
  checkVersions(after);
  checkMoney(trial, after);
  checkLive(after);
  checkCalls(trial, after);
  checkPace(trial);
  checkMoves(trial, before, after);
  checkMessages(trial, before, after);
  checkStale(trial, after);
}

/** I6: the version of an order is the number of its events, one after another. */
function checkVersions({ orders, events }: Picture): void {
  for (const order of orders) {
    const versions = events.filter((event) => event.order_id === order.id).map(({ version }) => version);
    const expected = versions.map((_, index) => index + 2);
    must(
      JSON.stringify(versions) === JSON.stringify(expected) && order.version === versions.length + 1,
      "I6 version rises by exactly one with every event",
      { order, versions },
    );
  }
}

/** I1, I9 and the upper half of I10. */
function checkMoney(trial: Trial, picture: Picture): void {
  const { orders, payments, receipts } = picture;
  for (const order of orders) {
    const own = receipts.filter((receipt) => receipt.order_id === order.id);
    must((order.paid_at !== null) === own.length > 0, "I1 an order is paid iff a receipt proves it", order);
  }
  for (const payment of payments) {
    const own = receipts.filter((receipt) => receipt.payment_id === payment.id);
    if (payment.status === "paid")
      must(own.length > 0, "I1 a payment is paid iff a receipt proves it", payment);
    if (own.length === 0) continue;
    // A reusable code that was paid is as payable as before.
    must(
      payment.reusable || payment.status === "paid" || payment.status === "refunded",
      "I1 a receipt makes its payment paid",
      payment,
    );
    const paid = trial.doku.ledger.bills.get(payment.invoice_number)?.payments ?? [];
    const real = paid.length;
    // A reusable code may ask for another amount after it was paid.
    must(
      own.every(({ amount }) =>
        payment.reusable ? paid.some((each) => each.amount === amount) : amount === payment.amount,
      ),
      "I9 a receipt is of the payment's amount",
      own,
    );
    must(own.length <= real, "I10 no more receipts than real payments", { payment, receipts: own, real });
    for (const receipt of own) checkSource(trial, picture, receipt, payment.invoice_number);
  }
}

function checkSource(trial: Trial, { notifications }: Picture, receipt: ReceiptLine, invoice: string): void {
  if (receipt.source === "status_check") {
    const told = trial.doku.told.get(invoice) ?? [];
    must(
      told.some(({ status, amount }) => /^(SUCCESS|REFUNDED)$/.test(status) && amount === receipt.amount),
      "I1 a receipt of a status check needs DOKU's SUCCESS of that amount",
      receipt,
    );
    return;
  }
  const source = notifications.find(({ id }) => id === receipt.notification_id);
  must(
    source?.verified_by !== null && source !== undefined,
    "I1 a receipt comes of a verified message",
    receipt,
  );
  const message = messageIn(source);
  must(
    message?.transaction?.status === "SUCCESS" &&
      Number(message.order?.amount) === receipt.amount &&
      message.order?.invoice_number === invoice,
    "I9 a receipt comes of a SUCCESS over the same invoice and amount",
    { receipt, message },
  );
}

type Message = {
  transaction?: { status?: string };
  order?: { amount?: number | string; invoice_number?: string };
};

function messageIn({ body }: NotificationLine): Message | undefined {
  const message: Message = JSON.parse(Buffer.from((body ?? "").slice(2), "hex").toString("utf8"));
  return message;
}

/** I7: an order offers at most one payment. */
function checkLive({ orders, payments }: Picture): void {
  for (const { id } of orders) {
    const live = payments.filter(
      ({ order_id, status, superseded_at }) =>
        order_id === id && superseded_at === null && /^(requested|awaiting_payment)$/.test(status),
    );
    must(live.length <= 1, "I7 one live payment of an order", live);
  }
}

/** I7: one Request-Id and the same bytes for every try; and what is shown is what DOKU has. */
function checkCalls(trial: Trial, { payments }: Picture): void {
  const { calls, ledger } = trial.doku;
  const creates = new Map<string, string>();
  const changes = new Map<string, string>();
  for (const { kind, invoice, requestId, bytes } of calls) {
    const [known, key, value] =
      kind === "create"
        ? ([creates, invoice, `${requestId} ${bytes}`] as const)
        : ([changes, requestId, bytes] as const);
    must((known.get(key) ?? value) === value, "I7 a retry carries the same Request-Id and bytes", invoice);
    known.set(key, value);
  }
  for (const payment of payments) {
    if (payment.status !== "awaiting_payment") continue;
    const bill = ledger.bills.get(payment.invoice_number);
    must(bill !== undefined, "I7 a code is one that DOKU has", payment);
    const shown = payment.payment_code ?? payment.payment_url;
    const means = bill.means.kind === "code" ? bill.means.code : bill.means.url;
    must(shown === means, "I7 a code is the one that DOKU has for the invoice", { payment, bill });
    must(payment.channel === channelOf(bill).toLowerCase(), "I7 a payment is of its channel", payment);
  }
}

/** Once it may ask, a program may stand still for as long as this before it does. Milliseconds. */
const standstill = 5000;

/** DOKU is asked about one payment once a minute and five times a second in all, whatever dies over its answers. */
function checkPace({ doku }: Trial): void {
  const { statusChecks } = doku;
  const lastOf = new Map<string, number>();
  const inSecond = new Map<number, number>();
  for (const { invoice, at } of statusChecks) {
    const since = at - (lastOf.get(invoice) ?? -Infinity);
    must(since >= 60_000 - standstill, "F23 one status check of a payment in a minute", { invoice, since });
    lastOf.set(invoice, at);
    const second = Math.floor(at / 1000);
    inSecond.set(second, (inSecond.get(second) ?? 0) + 1);
    must((inSecond.get(second) ?? 0) <= 5, "F23 five status checks in a second", { second });
  }
  const newest = statusChecks.at(-1)?.at ?? 0;
  doku.statusChecks = statusChecks.filter(({ at }) => newest - at <= 60_000);
}

/** I14: who lost the lease while DOKU was asked writes nothing. */
function checkStale(trial: Trial, { payments }: Picture): void {
  for (const { invoice, row } of trial.stale) {
    const now = payments.find((payment) => payment.invoice_number === invoice);
    const then: Record<string, unknown> = JSON.parse(row);
    const moved = Object.entries(then).filter(
      ([name, value]) => JSON.stringify(Object(now)[name]) !== JSON.stringify(value),
    );
    must(moved.length === 0, "I14 an old lease writes nothing", { invoice, moved, now });
  }
  trial.stale.length = 0;
}
