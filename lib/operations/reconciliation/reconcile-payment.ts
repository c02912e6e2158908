import { lockOrder, recordEvent } from "@/db/queries/orders";
import type { PaymentRow } from "@/db/queries/orders";
import { columnsOf, findPayment, leasePayment, savePayment } from "@/db/queries/payments";
import { takeStatusCheck } from "@/db/queries/status-check-pace";
import type { Asking } from "@/db/queries/status-check-pace";
import type { Tx } from "@/db/database";
import { paymentIdentity } from "@/lib/doku/transaction-report";
import type { TransactionReport } from "@/lib/doku/transaction-report";
import type { StatusOutcome } from "@/lib/doku/outcome";
import type { PaymentState } from "@/lib/payment/payment";
import { PaymentCode } from "@/lib/payment/payment-code";
import { isFinal } from "@/lib/payment/payment-view";
import {
  earlier,
  giveUpAfter,
  isNeverInquired,
  mayCheckFrom,
  pauseInOutage,
  shortestPause,
} from "@/lib/payment/schedule";
import { applyFact } from "../notifications/apply-payment-update";
import { cancelUnwanted } from "../changes/cancel-superseded";
import type { Deps } from "../deps";
import { heldHereOf, nextCheckOf } from "./next-check";
import { toPaymentUpdate } from "../notifications/to-payment-update";
import { issueLeased } from "../payments/request-code";
import { sendChange } from "../changes/send-change";
import { troubleOf } from "../notifications/gateway-error";
import type { Reason } from "@/lib/payment/attribution";

/** What DOKU said of the status, or that it may not be asked yet; undefined when its status was not the question. */
export type Reconciled = StatusOutcome | { outcome: "postponed" } | undefined;

/**
 * Compares one leased payment with DOKU and corrects ours. In `requested` the same create request is sent again; from
 * then on, and when sending again does not help, DOKU is asked for the status.
 */
export async function reconcilePayment(
  deps: Deps,
  payment: PaymentRow,
  asking: Asking = "byItself",
): Promise<Reconciled> {
  const asked = payment.status === "requested" ? await sentAgain(deps, payment) : payment;
  return asked && askAbout(deps, asked, asking);
}

/** As long as one status check, time-outs included. Milliseconds. */
const leaseFor = 15_000;

/** @returns the payment when only a status check can still tell what became of it */
async function sentAgain(deps: Deps, payment: PaymentRow): Promise<PaymentRow | undefined> {
  const issued = await issueLeased(deps, payment);
  if (issued.outcome !== "unknown" || !isOldEnough(deps, payment)) return undefined;
  // Its answer has ended the lease; somebody else may hold the next one already, and is asking.
  const now = deps.now();
  return leasePayment(deps.db, payment.id, now, new Date(now.getTime() + leaseFor));
}

async function askAbout(deps: Deps, payment: PaymentRow, asking: Asking): Promise<Reconciled> {
  if (isNeverInquired({ selfHosted: heldHereOf(payment) })) {
    await expireUninquired(deps, payment);
    return undefined;
  }
  // A change that is still open is settled first: what DOKU says of the payment depends on it.
  if (payment.status === "awaiting_payment" && (await sendChange(deps, payment)).outcome !== "not_possible")
    return undefined;
  return checkStatus(deps, payment, asking);
}

/** The end of a bill that DOKU never heard of is ours alone to say; a till that asks at this moment comes before or after. */
async function expireUninquired(deps: Deps, asked: PaymentRow): Promise<void> {
  await deps.db.transaction(async (tx) => {
    await lockOrder(tx, asked.orderId);
    const current = await findPayment(tx, asked.id);
    if (!current || current.lease > asked.lease) return;
    const now = deps.now();
    await savePayment(tx, asked.id, { leasedUntil: null, nextCheckAt: nextCheckOf(current, now) ?? null });
    const isOver = current.expiresAt !== null && current.expiresAt <= now;
    if (current.status === "awaiting_payment" && current.inquiredAt === null && isOver)
      await close(tx, deps, current, { status: "expired", at: now });
  });
  deps.nudge(asked.orderId);
}

/**
 * DOKU asks for a minute after a payment was made before its status is asked
 * (docs/doku-protocol.md#9-check-status).
 */
const isOldEnough = (deps: Deps, { createdAt }: PaymentRow): boolean =>
  deps.now().getTime() - createdAt.getTime() >= shortestPause;

async function checkStatus(deps: Deps, payment: PaymentRow, asking: Asking): Promise<Reconciled> {
  if (!(await takeTurn(deps, payment, asking))) return { outcome: "postponed" };
  const answer = await deps.doku.checkStatus(payment.invoiceNumber, deps.newId());
  if (answer.outcome === "told") await apply(deps, payment, answer.notice);
  await deps.db.transaction((tx) => settle(tx, deps, payment, answer));
  deps.nudge(payment.orderId);
  if (payment.status === "requested") await cancelUnwanted(deps, payment.id);
  return answer;
}

/**
 * A program that stood still on its way to DOKU for longer than this asks nothing: its lease may be over, and another may
 * be asking. Milliseconds.
 */
const longestStandstill = 5000;

/** Whether DOKU may be asked about this payment now; if not, it comes again in its time. */
async function takeTurn(deps: Deps, payment: PaymentRow, asking: Asking): Promise<boolean> {
  const now = deps.now();
  const mayBeAskedAt = mayCheckFrom(payment.checkedAt);
  if (mayBeAskedAt > now) {
    await postpone(deps, payment, { nextCheckAt: mayBeAskedAt, leasedUntil: null });
    return false;
  }
  if (!(await takeStatusCheck(deps.db, payment, { now, asking }))) {
    // It keeps its place among those that are due.
    await postpone(deps, payment, { leasedUntil: endOfSecond(now) });
    return false;
  }
  return deps.now().getTime() - now.getTime() <= longestStandstill;
}

const endOfSecond = (moment: Date): Date => new Date(Math.floor(moment.getTime() / 1000) * 1000 + 999);

async function postpone(
  deps: Deps,
  asked: PaymentRow,
  until: Partial<Pick<PaymentRow, "nextCheckAt" | "leasedUntil">>,
): Promise<void> {
  await deps.db.transaction(async (tx) => {
    await lockOrder(tx, asked.orderId);
    const current = await findPayment(tx, asked.id);
    if (current?.lease === asked.lease) await savePayment(tx, asked.id, until);
  });
}

async function apply(deps: Deps, payment: PaymentRow, notice: TransactionReport): Promise<void> {
  const fact = toPaymentUpdate(notice, { source: "status_check", identity: paymentIdentity(notice) });
  const { invoiceNumber } = payment;
  await applyFact(deps, { invoiceNumber, fact, identifiers: notice.identifiers, delivery: undefined });
}

/** What is left when the answer has been applied: the next time to ask, or the end of asking. */
async function settle(tx: Tx, deps: Deps, asked: PaymentRow, answer: StatusOutcome): Promise<void> {
  await lockOrder(tx, asked.orderId);
  const current = await findPayment(tx, asked.id);
  if (!current || current.lease > asked.lease) return;
  const now = deps.now();
  const next = nextCheckOf(current, now);
  const soonest = earlier(next, askAgain(current, answer, now));
  const nextCheckAt = earlier(soonest, broughtForward(current, asked)) ?? null;
  const trouble = troubleWith(current, answer, now);
  await savePayment(tx, current.id, { leasedUntil: null, nextCheckAt, ...trouble });
  if (current.status === "requested") return settleRequested(tx, deps, current, answer);
  // The last horizon has passed and DOKU still knows of no payment: only now does the clock's word count.
  const isOver = current.status === "awaiting_payment" && next === undefined && knowsNoPayment(answer);
  if (isOver) await close(tx, deps, current, { status: "expired", at: now });
}

/** DOKU's words for the merchant. What stands there of the request, or of messages that go elsewhere, says more. */
function troubleWith({ status, lastTrouble }: PaymentRow, answer: StatusOutcome, now: Date) {
  const isTaken = status === "requested" || lastTrouble?.what === "other_override";
  if (isTaken || answer.outcome !== "unknown") return {};
  return { lastTrouble: troubleOf(answer, answer.because, now) };
}

/**
 * A question that DOKU has not answered is asked again, however far the next horizon is: somebody wished to know, and an
 * outage that outlasts the last one would hide a payment for ever.
 */
function askAgain({ status }: PaymentRow, answer: StatusOutcome, now: Date): Date | undefined {
  const isKnown = isFinal(status) || answer.outcome !== "unknown";
  return isKnown ? undefined : new Date(now.getTime() + pauseInOutage);
}

/** Somebody wanted an earlier look while DOKU was being asked: the wish outlives the answer that was under way. */
const broughtForward = (current: PaymentRow, asked: PaymentRow): Date | undefined =>
  current.nextCheckAt?.getTime() === asked.nextCheckAt?.getTime()
    ? undefined
    : (current.nextCheckAt ?? undefined);

const knowsNoPayment = (answer: StatusOutcome): boolean =>
  answer.outcome === "told" || answer.outcome === "not_found";

async function settleRequested(
  tx: Tx,
  deps: Deps,
  current: PaymentRow,
  answer: StatusOutcome,
): Promise<void> {
  if (answer.outcome === "told" && (await adoptCode(tx, deps, current, answer.notice))) return;
  if (!knowsNoPayment(answer)) return;
  const now = deps.now();
  const age = now.getTime() - current.createdAt.getTime();
  const refused = answer.outcome === "not_found" && current.lastTrouble?.what === "refused";
  if (refused) return close(tx, deps, current, { status: "failed", at: now, reason: "refused" });
  // A page that DOKU has and does not name a second time is as good as none: nobody can be led to it.
  if (age > giveUpAfter) return close(tx, deps, current, { status: "failed", at: now, reason: "no_answer" });
}

/**
 * DOKU has the code although none of its answers reached us: its status answer names it
 * (docs/threats-and-invariants.md#f4).
 */
async function adoptCode(
  tx: Tx,
  deps: Deps,
  current: PaymentRow,
  notice: TransactionReport,
): Promise<boolean> {
  const code = PaymentCode.safeParse(notice.paymentCode);
  // A till that would ask for another amount is no way to pay this order.
  const isOurs = notice.status === "PENDING" && notice.amount === current.amount;
  if (!isOurs || !code.success) return false;
  const now = deps.now();
  const expiresAt = new Date(current.createdAt.getTime() + current.expiresInMinutes * 60_000);
  const state: PaymentState = {
    status: "awaiting_payment",
    means: { kind: "code", code: code.data },
    expiresAt,
  };
  await savePayment(tx, current.id, {
    ...columnsOf(state),
    nextCheckAt: nextCheckOf({ ...current, ...columnsOf(state) }, now) ?? now,
  });
  await recordEvent(tx, current.orderId, {
    id: deps.newId(),
    kind: "code_issued",
    actor: "doku",
    reason: "status_check",
    at: now,
    paymentId: current.id,
    from: "requested",
    to: "awaiting_payment",
  });
  return true;
}

async function close(tx: Tx, deps: Deps, current: PaymentRow, state: PaymentState): Promise<void> {
  const now = deps.now();
  const closed = { ...current, ...columnsOf(state) };
  await savePayment(tx, current.id, { ...columnsOf(state), nextCheckAt: nextCheckOf(closed, now) ?? null });
  await recordEvent(tx, current.orderId, {
    id: deps.newId(),
    kind: "given_up",
    actor: "system",
    reason: toReason(state),
    at: now,
    paymentId: current.id,
    from: current.status,
    to: state.status,
  });
}

function toReason(state: PaymentState): Reason {
  if (state.status !== "failed") return "deadline_passed";
  return state.reason === "refused" ? "request_refused" : "no_response";
}
