import { noExtras } from "@/test/sample-features";
import { viewStatuses } from "@/lib/payment/payment-view";
import { claimLimits } from "@/lib/payment/payment-claim";
import { loadView } from "@/lib/operations/checkout/load-order";
import type { PaymentView } from "@/lib/payment/payment-view";
import type { Bill } from "./ledger";
import { hasCase } from "./checks-transitions";
import type { PaymentRecord, Snapshot } from "./snapshot";
import { invariant } from "./trial";
import type { Trial } from "./trial";

/** What must hold once DOKU is reachable and nothing is left to wait for: our records agree with DOKU's ledger. */
export function checkFinalState(trial: Trial, snapshot: Snapshot): void {
  for (const payment of snapshot.payments) {
    const bill = trial.doku.ledger.bills.get(payment.invoice_number);
    const open = hasCase(snapshot, "conflicting_answer", payment);
    invariant(payment.status !== "requested" || open, "I8 no requested payment is left open", payment);
    invariant(payment.status !== "awaiting_payment", "I11 nothing waits past the last horizon", payment);
    checkAgainstLedger(trial, snapshot, payment, bill);
  }
  for (const change of snapshot.changes)
    invariant(change.status !== "requested", "I8 no change is left open", change);
  checkCases(snapshot);
}

function checkAgainstLedger(
  trial: Trial,
  snapshot: Snapshot,
  payment: PaymentRecord,
  bill: Bill | undefined,
): void {
  const own = snapshot.receipts.filter(({ payment_id }) => payment_id === payment.id);
  const real = bill?.payments ?? [];
  const details = { payment, bill };
  if (real.length === 0) {
    invariant(own.length === 0 && payment.status !== "paid", "I11 unpaid at DOKU is unpaid here", details);
    return;
  }
  if (bill?.state === "REFUNDED") {
    invariant(/^(paid|refunded)$/.test(payment.status), "I11 refunded at DOKU was paid here", details);
    const delivered = trial.delivered.has(`${payment.invoice_number} REFUNDED`);
    invariant(
      !delivered || payment.status === "refunded",
      "I11 a refund that was delivered is recorded",
      details,
    );
    return;
  }
  if (!payment.reusable) {
    invariant(payment.status === "paid", "I11 paid at DOKU is paid here", details);
    invariant(own.length === 1, "I10 a one-time code counts once", { own, ...details });
    return;
  }
  // The status of a reusable code says whether it can be paid; its receipts prove that it was.
  invariant(own.length > 0, "I11 paid at DOKU is paid here", details);
  const delivered = real.filter(({ id }) => trial.delivered.has(`real ${id}`)).length;
  invariant(own.length >= Math.max(1, delivered), "I10 a reusable code counts every payment", {
    own,
    delivered,
    ...details,
  });
}

/** Money that a person has to look at has a case. */
function checkCases(snapshot: Snapshot): void {
  for (const { id } of snapshot.orders) {
    const paid = new Set(
      snapshot.receipts.filter(({ order_id }) => order_id === id).map(({ payment_id }) => payment_id),
    );
    const hasOne = snapshot.cases.some(({ order_id, kind }) => order_id === id && kind === "paid_twice");
    invariant(paid.size < 2 || hasOne, "an order that was paid twice has a case", [...paid]);
  }
  for (const { verdict, payment_id, id } of snapshot.notifications) {
    if (verdict !== "amount_differs") continue;
    const hasOne = payment_id !== null && hasCase(snapshot, "amount_differs", { id: payment_id });
    invariant(hasOne, "I9 a differing amount has a case", id);
  }
  checkOrphans(snapshot);
  checkClaims(snapshot);
  checkOneCasePerUpdate(snapshot);
}

/** A shopper's word opens a case of a payment that is not on record, a few times at most; the payment closes it. */
function checkClaims({ cases, payments }: Snapshot): void {
  const claims = cases.filter(({ kind }) => kind === "payment_claimed");
  for (const { order_id } of claims) {
    const own = claims.filter((one) => one.order_id === order_id);
    invariant(own.length <= claimLimits.perOrder, "an order has few claims", own);
    const open = own.filter(({ closed_at }) => closed_at === null);
    invariant(open.length <= 1, "an order has one open claim at most", open);
    const paid = payments.find(
      ({ id, status }) => id === open[0]?.payment_id && /^(paid|refunded)$/.test(status),
    );
    invariant(paid === undefined, "a payment closes the claim about it", { open, paid });
  }
}

/** Each orphan has one case, however often it was delivered. */
function checkOrphans({ notifications, cases }: Snapshot): void {
  const bodies = new Map(notifications.map(({ id, body }) => [id, body]));
  const opened = cases
    .filter(({ kind }) => kind === "orphan")
    .map(({ notification_id }) => bodies.get(notification_id ?? ""));
  const withCase = new Set(opened);
  invariant(withCase.size === opened.length, "an orphan has one case only", opened);
  for (const { id, verdict, body } of notifications)
    invariant(verdict !== "orphan" || withCase.has(body), "an orphan has a case", id);
}

/** The same report about a payment opens one case only, even after the case was closed. */
function checkOneCasePerUpdate({ events, cases }: Snapshot): void {
  const reviews = events.filter(({ kind }) => kind === "needs_review");
  const updates = reviews.map(({ payment_id, detail }) => `${payment_id} ${detail?.identity}`);
  invariant(new Set(updates).size === updates.length, "one payment update is put to a person once", updates);
  for (const { id, payment_id, kind } of cases) {
    const isDuplicate = (other: (typeof cases)[number]) =>
      other.id !== id && other.payment_id === payment_id && other.kind === kind;
    if (kind === "conflicting_answer" || kind === "paid_after_cancel")
      invariant(!cases.some(isDuplicate), `a payment has one case of ${kind} only`, payment_id);
  }
}

const allowedKeys = new Set(
  (
    "orderId version amount status channel code hasLink isLinkBlocked howToPayPage howToPay preparingFor lastCheck can change expiresAt secondsLeft paidAt paidLate failure " +
    "received returned underReview timesPaid lastPaidAt"
  ).split(" "),
);

/** I12: what a browser is sent. */
export async function checkViews(trial: Trial, snapshot: Snapshot): Promise<void> {
  for (const order of snapshot.orders) {
    const deps = { db: trial.db, now: () => new Date(trial.clockMs), settings: noExtras };
    const view = await loadView(deps, order.id);
    invariant(view !== undefined, "I12 an order has a view", order);
    checkView(trial, snapshot, { view, order });
  }
}

type OrderView = { view: PaymentView; order: Snapshot["orders"][number] };

function checkView(trial: Trial, snapshot: Snapshot, { view, order }: OrderView): void {
  const { payments } = snapshot;
  for (const key of Object.keys(view))
    invariant(allowedKeys.has(key), "I12 only allow-listed keys leave", key);
  invariant(
    viewStatuses.includes(view.status) && view.orderId === order.id,
    "I12 a view is of its order",
    view,
  );
  invariant((view.status === "paid") <= (order.paid_at !== null), "I12 paid is shown only when paid", view);
  invariant(
    order.paid_at === null || /^(paid|refunded)$/.test(view.status) || view.timesPaid !== undefined,
    "I12 what is paid is shown as paid",
    view,
  );
  checkTimes(snapshot, { view, order });
  if (view.code === undefined && !view.hasLink) return;
  const offered = findOffered(payments, order.id);
  trial.seenInvoices.add(offered?.invoice_number ?? "");
  const isPayable =
    offered !== undefined &&
    view.code === (offered.payment_code ?? undefined) &&
    (order.paid_at === null || offered.reusable) &&
    Date.parse(offered.expires_at ?? "") > trial.clockMs;
  invariant(isPayable, "I12 a code is shown only while it may be paid", { view, offered });
}

/** A reusable code shows as many payments as it has receipts, and the shopper cannot change it. */
function checkTimes({ payments, receipts }: Snapshot, { view, order }: OrderView): void {
  if (view.timesPaid === undefined) return;
  const own = payments.filter(({ order_id, reusable }) => order_id === order.id && reusable);
  const counts = own.map(({ id }) => receipts.filter(({ payment_id }) => payment_id === id).length);
  invariant(counts.includes(view.timesPaid), "I12 a reusable code shows how often it was paid", {
    view,
    counts,
  });
  invariant(!Object.values(view.can).includes(true), "I12 the shopper cannot change a reusable code", view);
}

/** The payment whose code or page an order offers, if it offers one. */
export const findOffered = (payments: readonly PaymentRecord[], orderId: string): PaymentRecord | undefined =>
  payments.find(
    ({ order_id, superseded_at, status }) =>
      order_id === orderId && superseded_at === null && status === "awaiting_payment",
  );
