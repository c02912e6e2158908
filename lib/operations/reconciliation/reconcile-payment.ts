import { lockOrder } from "@/db/queries/orders";
import type { PaymentRow } from "@/db/queries/orders";
import { findPayment, leasePayment, savePayment } from "@/db/queries/payments";
import { takeStatusCheck } from "@/db/queries/status-check-pace";
import type { CheckOrigin } from "@/db/queries/status-check-pace";
import { paymentIdentity } from "@/lib/doku/transaction-report";
import type { TransactionReport } from "@/lib/doku/transaction-report";
import type { StatusOutcome } from "@/lib/doku/outcome";
import { isNeverInquired, getEarliestCheck, minCheckIntervalMs } from "@/lib/payment/schedule";
import { applyPaymentUpdate } from "../notifications/apply-payment-update";
import { cancelSuperseded } from "../changes/cancel-superseded";
import type { Deps } from "../deps";
import { computeNextCheck, toSelfHosted } from "./next-check";
import { toPaymentUpdate } from "../notifications/to-payment-update";
import { requestCode } from "../payments/request-code";
import { closePayment, saveStatusOutcome } from "./save-status-outcome";
import { sendChange } from "../changes/send-change";

/** The outcome of a status check, or that it was postponed; undefined when no status check was made. */
export type ReconcileResult = StatusOutcome | { outcome: "postponed" } | undefined;

/**
 * Compares one leased payment with DOKU and corrects ours. In `requested` the same create request is sent again. In any
 * other state, or when that brings no answer, a status check is made.
 */
export async function reconcilePayment(
  deps: Deps,
  payment: PaymentRow,
  origin: CheckOrigin = "scheduled",
): Promise<ReconcileResult> {
  const leased = payment.status === "requested" ? await resendRequest(deps, payment) : payment;
  return leased && checkLeasedPayment(deps, leased, origin);
}

/** Longer than one status check, time-outs included. */
const leaseMs = 15_000;

/** @returns the payment, leased again, when its outcome is still unknown and a status check may tell */
async function resendRequest(deps: Deps, payment: PaymentRow): Promise<PaymentRow | undefined> {
  const issued = await requestCode(deps, payment);
  if (issued.outcome !== "unknown" || !isOldEnough(deps, payment)) return undefined;
  // Saving the reply ended the lease. Another process may hold the next one; then it makes the check.
  const now = deps.now();
  return leasePayment(deps.db, payment.id, now, new Date(now.getTime() + leaseMs));
}

async function checkLeasedPayment(
  deps: Deps,
  payment: PaymentRow,
  origin: CheckOrigin,
): Promise<ReconcileResult> {
  if (isNeverInquired({ selfHosted: toSelfHosted(payment) })) {
    await expireUninquired(deps, payment);
    return undefined;
  }
  // An open change is sent first, because the status of the payment depends on it.
  if (payment.status === "awaiting_payment" && (await sendChange(deps, payment)).outcome !== "not_possible")
    return undefined;
  return runStatusCheck(deps, payment, origin);
}

/**
 * Expires a bill without asking DOKU, which never inquired about it. The order's lock keeps an inquiry from coming
 * between.
 */
async function expireUninquired(deps: Deps, leased: PaymentRow): Promise<void> {
  await deps.db.transaction(async (tx) => {
    await lockOrder(tx, leased.orderId);
    const current = await findPayment(tx, leased.id);
    if (!current || current.lease > leased.lease) return;
    const now = deps.now();
    await savePayment(tx, leased.id, {
      leasedUntil: null,
      nextCheckAt: computeNextCheck(current, now) ?? null,
    });
    const isOver = current.expiresAt !== null && current.expiresAt <= now;
    if (current.status === "awaiting_payment" && current.inquiredAt === null && isOver)
      await closePayment(tx, deps, current, { status: "expired", at: now });
  });
  deps.publishOrderChanged(leased.orderId);
}

/**
 * DOKU wants a minute between the create request and the first status check
 * (docs/doku-protocol.md#9-check-status).
 */
const isOldEnough = (deps: Deps, { createdAt }: PaymentRow): boolean =>
  deps.now().getTime() - createdAt.getTime() >= minCheckIntervalMs;

async function runStatusCheck(
  deps: Deps,
  payment: PaymentRow,
  origin: CheckOrigin,
): Promise<ReconcileResult> {
  if (!(await mayCheckNow(deps, payment, origin))) return { outcome: "postponed" };
  const answer = await deps.doku.checkStatus(payment.invoiceNumber, deps.newId());
  if (answer.outcome === "reported") await applyReport(deps, payment, answer.report);
  await deps.db.transaction((tx) => saveStatusOutcome(tx, deps, payment, answer));
  deps.publishOrderChanged(payment.orderId);
  if (payment.status === "requested") await cancelSuperseded(deps, payment.id);
  return answer;
}

/**
 * A process that was suspended for longer than this does not call DOKU: its lease may be over, and another process may
 * be calling.
 */
const maxStandstillMs = 5000;

/** Whether the limits allow a status check of this payment now; if not, it is postponed. */
async function mayCheckNow(deps: Deps, payment: PaymentRow, origin: CheckOrigin): Promise<boolean> {
  const now = deps.now();
  const mayBeAskedAt = getEarliestCheck(payment.checkedAt);
  if (mayBeAskedAt > now) {
    await postponeCheck(deps, payment, { nextCheckAt: mayBeAskedAt, leasedUntil: null });
    return false;
  }
  if (!(await takeStatusCheck(deps.db, payment, { now, origin }))) {
    // Due again in the next second; its place in the queue stays.
    await postponeCheck(deps, payment, { leasedUntil: endOfSecond(now) });
    return false;
  }
  return deps.now().getTime() - now.getTime() <= maxStandstillMs;
}

const endOfSecond = (moment: Date): Date => new Date(Math.floor(moment.getTime() / 1000) * 1000 + 999);

async function postponeCheck(
  deps: Deps,
  leased: PaymentRow,
  until: Partial<Pick<PaymentRow, "nextCheckAt" | "leasedUntil">>,
): Promise<void> {
  await deps.db.transaction(async (tx) => {
    await lockOrder(tx, leased.orderId);
    const current = await findPayment(tx, leased.id);
    if (current?.lease === leased.lease) await savePayment(tx, leased.id, until);
  });
}

async function applyReport(deps: Deps, payment: PaymentRow, report: TransactionReport): Promise<void> {
  const update = toPaymentUpdate(report, {
    source: "status_check",
    identity: paymentIdentity(report),
    arrivedAt: deps.now(),
  });
  const { invoiceNumber } = payment;
  await applyPaymentUpdate(deps, {
    invoiceNumber,
    update,
    identifiers: report.identifiers,
    delivery: undefined,
  });
}
