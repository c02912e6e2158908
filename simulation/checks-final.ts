import { viewStatuses } from "@/lib/payment/payment-view";
import { readView } from "@/lib/operations/checkout/read-order";
import type { PaymentView } from "@/lib/payment/payment-view";
import type { Bill } from "./ledger";
import { hasCase } from "./checks-transitions";
import type { PaymentLine, Picture } from "./snapshot";
import { must } from "./trial";
import type { Trial } from "./trial";

/** What must be true when DOKU is reachable again and nothing is left to wait for: ours is what DOKU's books say. */
export function checkRest(trial: Trial, picture: Picture): void {
  for (const payment of picture.payments) {
    const bill = trial.doku.ledger.bills.get(payment.invoice_number);
    const open = hasCase(picture, "conflicting_answer", payment);
    must(payment.status !== "requested" || open, "I8 no intent is lost", payment);
    must(payment.status !== "awaiting_payment", "I11 nothing waits past the last horizon", payment);
    checkAgainstBooks(trial, picture, payment, bill);
  }
  for (const change of picture.changes)
    must(change.status !== "requested", "I8 no change is left open", change);
  checkCases(picture);
}

function checkAgainstBooks(
  trial: Trial,
  picture: Picture,
  payment: PaymentLine,
  bill: Bill | undefined,
): void {
  const own = picture.receipts.filter(({ payment_id }) => payment_id === payment.id);
  const real = bill?.payments ?? [];
  const details = { payment, bill };
  if (real.length === 0) {
    must(own.length === 0 && payment.status !== "paid", "I11 unpaid at DOKU is unpaid here", details);
    return;
  }
  if (bill?.state === "REFUNDED") {
    must(/^(paid|refunded)$/.test(payment.status), "I11 refunded at DOKU was paid here", details);
    const heard = trial.heard.has(`${payment.invoice_number} REFUNDED`);
    must(!heard || payment.status === "refunded", "I11 a refund that was heard is shown", details);
    return;
  }
  if (!payment.reusable) {
    must(payment.status === "paid", "I11 paid at DOKU is paid here", details);
    must(own.length === 1, "I10 a one-time code counts once", { own, ...details });
    return;
  }
  // Its state says whether it can be paid; that it was, its receipts say.
  must(own.length > 0, "I11 paid at DOKU is paid here", details);
  const heard = real.filter(({ id }) => trial.heard.has(`real ${id}`)).length;
  must(own.length >= Math.max(1, heard), "I10 a reusable code counts every payment", {
    own,
    heard,
    ...details,
  });
}

/** Money that a person has to look at is not passed over in silence. */
function checkCases(picture: Picture): void {
  for (const { id } of picture.orders) {
    const paid = new Set(
      picture.receipts.filter(({ order_id }) => order_id === id).map(({ payment_id }) => payment_id),
    );
    const asked = picture.cases.some(({ order_id, kind }) => order_id === id && kind === "paid_twice");
    must(paid.size < 2 || asked, "an order that was paid twice asks for a person", [...paid]);
  }
  for (const { verdict, payment_id, id } of picture.notifications) {
    if (verdict !== "amount_differs") continue;
    const asked = payment_id !== null && hasCase(picture, "amount_differs", { id: payment_id });
    must(asked, "I9 an amount that differs asks for a person", id);
  }
  checkOrphans(picture);
  checkAskedOnce(picture);
}

/** Each orphan is a case, and however often it came, one. */
function checkOrphans({ notifications, cases }: Picture): void {
  const bodies = new Map(notifications.map(({ id, body }) => [id, body]));
  const opened = cases
    .filter(({ kind }) => kind === "orphan")
    .map(({ notification_id }) => bodies.get(notification_id ?? ""));
  const asked = new Set(opened);
  must(asked.size === opened.length, "an orphan asks for a person once", opened);
  for (const { id, verdict, body } of notifications)
    must(verdict !== "orphan" || asked.has(body), "an orphan asks for a person", id);
}

/** Whatever a person has closed: the same word of DOKU about a payment is put to a person once. */
function checkAskedOnce({ events, cases }: Picture): void {
  const reviews = events.filter(({ kind }) => kind === "needs_review");
  const facts = reviews.map(({ payment_id, detail }) => `${payment_id} ${detail?.identity}`);
  must(new Set(facts).size === facts.length, "one fact asks for a person once", facts);
  for (const { id, payment_id, kind } of cases) {
    const isAgain = (other: (typeof cases)[number]) =>
      other.id !== id && other.payment_id === payment_id && other.kind === kind;
    if (kind === "conflicting_answer" || kind === "paid_after_cancel")
      must(!cases.some(isAgain), `${kind} is one case in the life of a payment`, payment_id);
  }
}

const allowed = new Set(
  (
    "orderId version amount status channel code hasLink howToPayPage preparingFor can change expiresAt secondsLeft paidAt paidLate failure " +
    "underReview timesPaid lastPaidAt"
  ).split(" "),
);

/** I12: what a browser may see. */
export async function checkViews(trial: Trial, picture: Picture): Promise<void> {
  for (const order of picture.orders) {
    const deps = { db: trial.db, now: () => new Date(trial.clock) };
    const view = await readView(deps, order.id);
    must(view !== undefined, "I12 an order has a view", order);
    checkView(trial, picture, { view, order });
  }
}

type Viewed = { view: PaymentView; order: Picture["orders"][number] };

function checkView(trial: Trial, picture: Picture, { view, order }: Viewed): void {
  const { payments } = picture;
  for (const key of Object.keys(view)) must(allowed.has(key), "I12 only allow-listed keys leave", key);
  must(viewStatuses.includes(view.status) && view.orderId === order.id, "I12 a view is of its order", view);
  must((view.status === "paid") <= (order.paid_at !== null), "I12 paid is shown only when paid", view);
  must(
    order.paid_at === null || /^(paid|refunded)$/.test(view.status) || view.timesPaid !== undefined,
    "I12 what is paid is shown as paid",
    view,
  );
  checkTimes(picture, { view, order });
  if (view.code === undefined && !view.hasLink) return;
  trial.seen.add(invoiceOf(payments, order.id));
  const offered = payments.find(
    ({ order_id, superseded_at, status }) =>
      order_id === order.id && superseded_at === null && status === "awaiting_payment",
  );
  const isPayable =
    offered !== undefined &&
    view.code === (offered.payment_code ?? undefined) &&
    (order.paid_at === null || offered.reusable) &&
    Date.parse(offered.expires_at ?? "") > trial.clock;
  must(isPayable, "I12 a code is shown only while it may be paid", { view, offered });
}

/** A reusable code is shown with as many payments as its receipts prove, and is not the shopper's to change. */
function checkTimes({ payments, receipts }: Picture, { view, order }: Viewed): void {
  if (view.timesPaid === undefined) return;
  const own = payments.filter(({ order_id, reusable }) => order_id === order.id && reusable);
  const counts = own.map(({ id }) => receipts.filter(({ payment_id }) => payment_id === id).length);
  must(counts.includes(view.timesPaid), "I12 a reusable code says how often it was paid", { view, counts });
  must(!Object.values(view.can).includes(true), "I12 a reusable code is not the shopper's to change", view);
}

const invoiceOf = (payments: PaymentLine[], orderId: string): string =>
  payments.find(
    ({ order_id, superseded_at, status }) =>
      order_id === orderId && superseded_at === null && status === "awaiting_payment",
  )?.invoice_number ?? "";
