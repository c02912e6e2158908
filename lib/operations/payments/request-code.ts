import type { Tx } from "@/db/database";
import { lockOrder, recordEvent } from "@/db/queries/orders";
import type { PaymentRow } from "@/db/queries/orders";
import { toStateColumns, findPayment, savePayment } from "@/db/queries/payments";
import { closeSolvedCases, openCase } from "@/db/queries/cases";
import type { GatewayError } from "@/db/schema";
import type { IssuedPayment, IssueResult } from "@/lib/channels/channel";
import { getChannel } from "@/lib/channels/registry";
import { findOverrideUrl } from "@/lib/channels/wire";
import type { DokuOutcome } from "@/lib/doku/outcome";
import { findHost } from "@/lib/parsing/hosts";
import { isAllowedPaymentUrl } from "@/lib/parsing/payment-url";
import type { PaymentState } from "@/lib/payment/payment";
import { canTransition } from "@/lib/payment/transitions";
import { cancelSuperseded } from "../changes/cancel-superseded";
import type { Deps } from "../deps";
import { computeNextCheck } from "../reconciliation/next-check";
import { toGatewayError } from "../notifications/gateway-error";
import { toStoredAddresses } from "./how-to-pay-addresses";

export type RequestCode =
  | { outcome: "issued" | "unknown" | "refused" }
  /** The payment is no longer in `requested`. */
  | { outcome: "not_needed" };

/**
 * Requests the code or page of a payment in `requested` from DOKU. Every try sends the same bytes and Request-Id, so
 * DOKU treats them as one request (docs/doku-protocol.md#3-idempotency). No transaction is open during the call. The caller
 * holds the payment's lease.
 */
export async function requestCode(deps: Deps, payment: PaymentRow): Promise<RequestCode> {
  if (payment.status !== "requested") return { outcome: "not_needed" };
  const sentAt = deps.now();
  const reply = await deps.doku.send({
    method: "POST",
    path: payment.requestPath,
    body: Buffer.from(payment.requestBody, "utf8"),
    requestId: payment.requestId,
  });
  const parsed = parseReply(payment, reply, sentAt);
  const saved = await deps.db.transaction((tx) => saveReply(tx, deps, { payment, reply, parsed }));
  deps.publishOrderChanged(payment.orderId);
  if (saved.outcome === "issued") await cancelSuperseded(deps, payment.id);
  return saved;
}

/** `later`: the outcome is unknown, so the same request is sent again. */
type ParsedReply = IssueResult | { outcome: "refused" } | { outcome: "later" };

/** An earlier lease may have ended in a crash after DOKU made the code. */
const isFirstTry = ({ tries, lease }: PaymentRow): boolean => tries === 0 && lease === 1;

function parseReply(payment: PaymentRow, reply: DokuOutcome, sentAt: Date): ParsedReply {
  switch (reply.outcome) {
    case "answered":
    case "replayed":
      return getChannel(payment.channel).parseIssued(reply.body, {
        invoiceNumber: payment.invoiceNumber,
        amount: payment.amount,
        merchantReference: payment.id,
        expiresInMinutes: payment.expiresInMinutes,
        code: payment.codeKind === "dgpc" ? undefined : (payment.paymentCode ?? undefined),
        // The code's time runs from the first request that may have made it.
        sentAt: isFirstTry(payment) ? sentAt : payment.createdAt,
      });
    case "refused":
      // After a lost answer a refusal may also mean that DOKU made the code already
      // (docs/decisions/005-a-refusal-after-a-lost-answer.md).
      return isFirstTry(payment) ? { outcome: "refused" } : { outcome: "later" };
    case "unknown":
      return reply.because === "conflict" ? { outcome: "unusable", why: "conflict" } : { outcome: "later" };
  }
}

type CodeReply = { payment: PaymentRow; reply: DokuOutcome; parsed: ParsedReply };

async function saveReply(tx: Tx, deps: Deps, { payment, reply, parsed }: CodeReply): Promise<RequestCode> {
  await lockOrder(tx, payment.orderId);
  const current = await findPayment(tx, payment.id);
  // Stale lease: a newer holder owns the payment.
  if (!current || current.lease !== payment.lease) return { outcome: "not_needed" };
  const error = toGatewayError(
    reply,
    parsed.outcome === "unusable" ? parsed.why : parsed.outcome,
    deps.now(),
  );
  switch (parsed.outcome) {
    case "issued":
      return saveIssued(tx, deps, current, {
        ...parsed.issued,
        error: findHostError(deps, parsed.issued, reply) ?? findOverrideError(deps, current, reply),
      });
    case "failed":
      return saveFailed(tx, deps, current, { reason: "declined", error });
    case "refused":
      return saveFailed(tx, deps, current, { reason: "refused", error });
    case "unusable": {
      const { orderId, id: paymentId } = current;
      const opensCase = await openCase(tx, deps, { kind: "conflicting_answer", orderId, paymentId });
      return saveUnknownOutcome(tx, deps, current, { error, opensCase });
    }
    case "later":
      return saveUnknownOutcome(tx, deps, current, { error, opensCase: false });
  }
}

/** The page is at a host that no shopper is sent to: shown to the merchant, with the host, since a setting decides. */
function findHostError(
  { now, settings }: Deps,
  { means }: IssuedPayment,
  reply: DokuOutcome,
): GatewayError | null {
  if (means.kind !== "link" || isAllowedPaymentUrl(means.url, settings.paymentDestinations)) return null;
  const { text: _, ...error } = toGatewayError(reply, "payment_host", now());
  return { ...error, message: findHost(means.url) ?? means.url };
}

/**
 * The code can be paid, but DOKU sends its notifications to another address than we asked for: shown to the merchant.
 */
function findOverrideError(
  { now }: Deps,
  { requestBody }: PaymentRow,
  reply: DokuOutcome,
): GatewayError | null {
  const repeated = "body" in reply ? findOverrideUrl(reply.body) : undefined;
  // Compared with the request as it was sent: the setting may have changed since.
  if (repeated === undefined || repeated === findOverrideUrl(JSON.parse(requestBody))) return null;
  return toGatewayError(reply, "other_override", now());
}

async function saveIssued(
  tx: Tx,
  deps: Deps,
  current: PaymentRow,
  issued: IssuedPayment & { error: GatewayError | null },
): Promise<RequestCode> {
  const now = deps.now();
  const state: PaymentState = {
    status: "awaiting_payment",
    means: issued.means,
    expiresAt: issued.expiresAt,
  };
  const { status, ...means } = toStateColumns(state);
  // A notification can arrive before this reply: then only the code is saved, and the state stays.
  const isTransition = canTransition(current.status, "awaiting_payment");
  await savePayment(tx, current.id, {
    ...means,
    // If the schedule has nothing left because the reply took so long, one check follows at once: the code may be paid.
    ...(isTransition &&
      status && {
        status,
        nextCheckAt: computeNextCheck({ ...current, ...toStateColumns(state) }, now) ?? now,
      }),
    ...toStoredAddresses(deps, current.invoiceNumber, issued),
    identifiers: issued.identifiers,
    // What went wrong before is over.
    lastGatewayError: issued.error,
    leasedUntil: null,
  });
  await closeSolvedCases(tx, current.id, { fact: "code_issued", kinds: ["conflicting_answer"], at: now });
  await recordEvent(tx, current.orderId, {
    id: deps.newId(),
    kind: "code_issued",
    actor: "doku",
    reason: "create_response",
    at: now,
    paymentId: current.id,
    from: current.status,
    to: isTransition ? "awaiting_payment" : current.status,
  });
  return { outcome: "issued" };
}

type FailedRequest = { reason: "declined" | "refused"; error: GatewayError };

async function saveFailed(
  tx: Tx,
  deps: Deps,
  current: PaymentRow,
  { reason, error }: FailedRequest,
): Promise<RequestCode> {
  if (current.status !== "requested") return { outcome: "not_needed" };
  const now = deps.now();
  const state: PaymentState = { status: "failed", at: now, reason };
  await savePayment(tx, current.id, {
    ...toStateColumns(state),
    nextCheckAt: computeNextCheck({ ...current, ...toStateColumns(state) }, now) ?? null,
    lastGatewayError: error,
    leasedUntil: null,
  });
  await recordEvent(tx, current.orderId, {
    id: deps.newId(),
    kind: reason === "refused" ? "refused" : "moved",
    actor: "doku",
    reason: "create_response",
    at: now,
    paymentId: current.id,
    from: "requested",
    to: "failed",
    detail: { ...error },
  });
  return { outcome: "refused" };
}

type UnknownOutcome = { error: GatewayError; opensCase: boolean };

async function saveUnknownOutcome(
  tx: Tx,
  deps: Deps,
  current: PaymentRow,
  { error, opensCase }: UnknownOutcome,
): Promise<RequestCode> {
  if (current.status !== "requested") return { outcome: "not_needed" };
  const now = deps.now();
  // A request that was not sent does not count: a refusal of the next one is still the first answer.
  const tries = error.what === "left_alone" ? current.tries : current.tries + 1;
  await savePayment(tx, current.id, {
    tries,
    nextCheckAt: computeNextCheck({ ...current, tries }, now) ?? null,
    lastGatewayError: error,
    leasedUntil: null,
  });
  // One event for a whole outage, not one for each try.
  if (current.lastGatewayError && !opensCase) return { outcome: "unknown" };
  await recordEvent(tx, current.orderId, {
    id: deps.newId(),
    kind: "outcome_unknown",
    actor: "doku",
    reason: "create_response",
    at: now,
    paymentId: current.id,
    detail: { ...error },
  });
  return { outcome: "unknown" };
}
