import { recordDelivery } from "@/db/queries/payment-updates";
import { isUnavailable } from "@/db/rows";
import type { Verdict } from "@/db/schema";
import { verifyMessage } from "@/lib/doku/envelope";
import type { HeaderReader, VerifiedMessage } from "@/lib/doku/envelope";
import { paymentIdentity, parseTransactionReport, subjectOf } from "@/lib/doku/transaction-report";
import type { TransactionReport } from "@/lib/doku/transaction-report";
import { digestOf } from "@/lib/doku/signature";
import { InvoiceNumber } from "@/lib/payment/invoice-number";
import { applyFact } from "./apply-payment-update";
import type { Undecided } from "./apply-payment-update";
import { checkSoon } from "../reconciliation/schedule-check";
import type { Deps } from "../deps";
import { toPaymentUpdate } from "./to-payment-update";
import { keptHeaders, keptText } from "./stored-headers";
import { needsConfirmation } from "./needs-confirmation";

export type ReceivedMessage = {
  headers: HeaderReader;
  /** The exact bytes, already capped. */
  rawBody: Uint8Array;
};

export type ReceiveNotification = { verdict: Verdict; reason: string };

/**
 * Takes one delivery of DOKU's: proves who sent it, keeps it, and applies it, in one transaction. Nothing is parsed or
 * looked up before the signature holds; nothing that is signed is thrown away. Each delivery is one line of the log.
 * @throws when the database cannot keep it; the caller answers 503, and DOKU tries again
 */
export async function receiveNotification(
  deps: Deps,
  message: ReceivedMessage,
): Promise<ReceiveNotification> {
  const startedAt = performance.now();
  const { verdict, reason } = await takeDelivery(deps, message);
  deps.log(verdict === "rejected" ? "warn" : "info", "notification_received", {
    verdict,
    reason,
    duration_ms: Math.round(performance.now() - startedAt),
  });
  return { verdict, reason };
}

async function takeDelivery(deps: Deps, message: ReceivedMessage): Promise<ReceiveNotification> {
  const { headers, rawBody } = message;
  const { keys, settings } = deps;
  const verified = verifyMessage({ headers, rawBody, target: settings.notificationPath, keys });
  if (verified.outcome === "rejected") return reject(deps, message, verified.because);
  const reading = parseTransactionReport(rawBody);
  if (reading.outcome === "unreadable") {
    return keepOrphan(deps, deliveryOf(deps, message, verified, reading.invoiceNumber), reading.why);
  }
  return receiveNotice(deps, deliveryOf(deps, message, verified, reading.notice.invoiceNumber), {
    notice: reading.notice,
    sentAt: verified.sentAt,
  });
}

async function receiveNotice(
  deps: Deps,
  delivery: Undecided,
  { notice, sentAt }: { notice: TransactionReport; sentAt: Date | undefined },
): Promise<ReceiveNotification> {
  const invoiceNumber = InvoiceNumber.safeParse(notice.invoiceNumber);
  if (!invoiceNumber.success) return keepOrphan(deps, delivery, "unknown_invoice");
  const identity = paymentIdentity(notice);
  const asked = { invoice: invoiceNumber.data, identity };
  if (await needsConfirmation(deps, asked, { sentAt, receivedAt: delivery.receivedAt })) {
    const checked = await checkSoon(deps, invoiceNumber.data);
    if (checked)
      return keep(deps, { ...delivery, ...checked }, { verdict: "ignored", reason: "waits_for_check" });
    return keepOrphan(deps, delivery, "unknown_invoice");
  }
  const fact = toPaymentUpdate(notice, { source: "notification", identity });
  const word = { invoiceNumber: invoiceNumber.data, fact, identifiers: notice.identifiers, delivery };
  const applied = await applyFact(deps, word).catch((error: unknown) => notApplied(deps, error));
  if (applied.outcome === "not_applied") return keepOrphan(deps, delivery, "not_applied");
  if (applied.outcome === "unknown_invoice") return keepOrphan(deps, delivery, "unknown_invoice");
  return { verdict: applied.verdict, reason: applied.reason };
}

/**
 * A message that our own code fails on would fail at each of DOKU's tries too, and be lost after the last. It is kept, and
 * tried again by us (docs/threats-and-invariants.md#f40). A database that is away is no such case: DOKU comes again.
 */
function notApplied(deps: Deps, error: unknown): { outcome: "not_applied" } {
  if (isUnavailable(error)) throw error;
  deps.log("error", "notification_not_applied", { error });
  return { outcome: "not_applied" };
}

/** Signed, so it may be somebody's money: kept whole, a case for the merchant, and no business of DOKU's retries. */
function keepOrphan(deps: Deps, delivery: Undecided, reason: string): Promise<ReceiveNotification> {
  const subject = subjectOf(delivery.body ?? new Uint8Array(), delivery.bodyDigest);
  const opens = { caseId: deps.newId(), subject };
  const orphan = { ...delivery, orderId: undefined, paymentId: undefined, opens };
  return keep(deps, orphan, { verdict: "orphan", reason });
}

type Addressed = Undecided & {
  orderId: Parameters<typeof recordDelivery>[1]["orderId"];
  paymentId: string | undefined;
};

async function keep(
  deps: Deps,
  delivery: Addressed,
  verdict: ReceiveNotification,
): Promise<ReceiveNotification> {
  await recordDelivery(deps.db, { ...delivery, ...verdict });
  return verdict;
}

/** Of an unproven message only what tells the merchant why; its body could be anything, so not even that is stored. */
async function reject(deps: Deps, message: ReceivedMessage, reason: string): Promise<ReceiveNotification> {
  const verdict = { verdict: "rejected", reason } as const;
  if (!(await deps.mayKeepRejection())) return verdict;
  await recordDelivery(deps.db, {
    id: deps.newId(),
    receivedAt: deps.now(),
    ...verdict,
    orderId: undefined,
    paymentId: undefined,
    invoiceNumber: undefined,
    requestId: keptText(message.headers("Request-Id")),
    headers: keptHeaders(message.headers),
    body: undefined,
    bodyDigest: digestOf(message.rawBody),
    verifiedBy: undefined,
  });
  return verdict;
}

const deliveryOf = (
  deps: Deps,
  { headers, rawBody }: ReceivedMessage,
  verified: VerifiedMessage,
  invoiceNumber: string | undefined,
): Undecided => ({
  id: deps.newId(),
  receivedAt: deps.now(),
  invoiceNumber,
  requestId: verified.requestId,
  headers: keptHeaders(headers),
  body: rawBody,
  bodyDigest: digestOf(rawBody),
  verifiedBy: verified.key,
});
