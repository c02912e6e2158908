import { closeSolvedCases } from "@/db/queries/cases";
import { findOpenChange } from "@/db/queries/changes";
import { lockOrder, recordEvent } from "@/db/queries/orders";
import type { PaymentRow } from "@/db/queries/orders";
import { findPayment, savePayment, toStateColumns } from "@/db/queries/payments";
import type { Tx } from "@/db/database";
import type { TransactionReport } from "@/lib/doku/transaction-report";
import type { StatusOutcome } from "@/lib/doku/outcome";
import type { Reason } from "@/lib/payment/attribution";
import type { PaymentState } from "@/lib/payment/payment";
import { PaymentCode } from "@/lib/payment/payment-code";
import { isFinal } from "@/lib/payment/payment-view";
import { earlier, giveUpAfterMs, outagePauseMs } from "@/lib/payment/schedule";
import type { Deps } from "../deps";
import { computeNextCheck } from "./next-check";
import { isAboutSettings, toGatewayError } from "../notifications/gateway-error";

/** After the update was applied: saves when to check next, or closes the payment. */
export async function saveStatusOutcome(
  tx: Tx,
  deps: Deps,
  leased: PaymentRow,
  answer: StatusOutcome,
): Promise<void> {
  await lockOrder(tx, leased.orderId);
  const current = await findPayment(tx, leased.id);
  if (!current || current.lease > leased.lease) return;
  const now = deps.now();
  const next = computeNextCheck(current, now);
  const soonest = earlier(next, toRetryTime(current, answer, now));
  const requestedAt = (await hasOpenChange(tx, current)) ? now : findEarlierRequest(current, leased);
  const nextCheckAt = earlier(soonest, requestedAt) ?? null;
  const error = toErrorColumns(current, answer, now);
  await savePayment(tx, current.id, { leasedUntil: null, nextCheckAt, ...error });
  if (current.status === "requested") return saveRequestedOutcome(tx, deps, current, answer);
  // After the last horizon DOKU still reports no payment: only now does the code expire by our clock.
  const isOver = current.status === "awaiting_payment" && next === undefined && isAnswered(answer);
  if (isOver) await closePayment(tx, deps, current, { status: "expired", at: now });
}

/**
 * DOKU's error, for the merchant; an answer ends it. An error of the create request, or about the merchant's
 * settings, is more useful and stays.
 */
function toErrorColumns({ status, lastGatewayError }: PaymentRow, answer: StatusOutcome, now: Date) {
  const isKept = status === "requested" || status === "failed" || isAboutSettings(lastGatewayError);
  if (isKept) return {};
  return {
    lastGatewayError: answer.outcome === "unknown" ? toGatewayError(answer, answer.because, now) : null,
  };
}

/**
 * A status check without an answer is repeated soon, however far the next horizon is: otherwise an outage at the last
 * horizon could hide a payment forever.
 */
function toRetryTime({ status }: PaymentRow, answer: StatusOutcome, now: Date): Date | undefined {
  const isKnown = isFinal(status) || answer.outcome !== "unknown";
  return isKnown ? undefined : new Date(now.getTime() + outagePauseMs);
}

/** A check that was requested while this one was running must not be lost when its result is saved. */
const findEarlierRequest = (current: PaymentRow, leased: PaymentRow): Date | undefined =>
  current.nextCheckAt?.getTime() === leased.nextCheckAt?.getTime()
    ? undefined
    : (current.nextCheckAt ?? undefined);

/** An open change is sent before a status is asked: this one came meanwhile, perhaps in the check's own millisecond. */
const hasOpenChange = async (tx: Tx, { id, status }: PaymentRow): Promise<boolean> =>
  status === "awaiting_payment" && (await findOpenChange(tx, id)) !== undefined;

const isAnswered = (answer: StatusOutcome): boolean =>
  answer.outcome === "reported" || answer.outcome === "not_found";

async function saveRequestedOutcome(
  tx: Tx,
  deps: Deps,
  current: PaymentRow,
  answer: StatusOutcome,
): Promise<void> {
  if (answer.outcome === "reported" && (await adoptCode(tx, deps, current, answer.report))) return;
  if (!isAnswered(answer)) return;
  const now = deps.now();
  const age = now.getTime() - current.createdAt.getTime();
  const refused = answer.outcome === "not_found" && current.lastGatewayError?.what === "refused";
  if (refused) return closePayment(tx, deps, current, { status: "failed", at: now, reason: "refused" });
  // DOKU does not repeat the address of a payment page, so the shopper could never reach it.
  if (age > giveUpAfterMs)
    return closePayment(tx, deps, current, { status: "failed", at: now, reason: "no_answer" });
}

/**
 * Takes over a code from the status, when DOKU made it but its reply was lost
 * (docs/threats-and-invariants.md#f4).
 */
async function adoptCode(
  tx: Tx,
  deps: Deps,
  current: PaymentRow,
  report: TransactionReport,
): Promise<boolean> {
  const code = PaymentCode.safeParse(report.paymentCode);
  // With another amount the code could not pay this order.
  const isOurs = report.status === "PENDING" && report.amount === current.amount;
  if (!isOurs || !code.success) return false;
  const now = deps.now();
  const expiresAt = new Date(current.createdAt.getTime() + current.expiresInMinutes * 60_000);
  const state: PaymentState = {
    status: "awaiting_payment",
    means: { kind: "code", code: code.data },
    expiresAt,
  };
  await savePayment(tx, current.id, {
    ...toStateColumns(state),
    nextCheckAt: computeNextCheck({ ...current, ...toStateColumns(state) }, now) ?? now,
    lastGatewayError: null,
  });
  await closeSolvedCases(tx, current.id, { fact: "code_issued", kinds: ["conflicting_answer"], at: now });
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

/** Ends a payment by our decision and records it. The caller holds the order's lock. */
export async function closePayment(
  tx: Tx,
  deps: Deps,
  current: PaymentRow,
  state: PaymentState,
): Promise<void> {
  const now = deps.now();
  const closed = { ...current, ...toStateColumns(state) };
  await savePayment(tx, current.id, {
    ...toStateColumns(state),
    nextCheckAt: computeNextCheck(closed, now) ?? null,
  });
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
