import { recordDelivery } from "@/db/queries/payment-updates";
import { isUnavailable } from "@/db/rows";
import type { Verdict } from "@/db/schema";
import { verifyMessage } from "@/lib/doku/envelope";
import type { HeaderReader, VerifiedMessage } from "@/lib/doku/envelope";
import { paymentIdentity, parseTransactionReport, toSubject } from "@/lib/doku/transaction-report";
import type { TransactionReport } from "@/lib/doku/transaction-report";
import { toDigest } from "@/lib/doku/signature";
import { InvoiceNumber } from "@/lib/payment/invoice-number";
import { applyPaymentUpdate } from "./apply-payment-update";
import type { PendingDelivery } from "./apply-payment-update";
import { scheduleCheck } from "../reconciliation/schedule-check";
import type { Deps } from "../deps";
import { toPaymentUpdate } from "./to-payment-update";
import { toStoredHeaders, toStoredText } from "./stored-headers";
import { toUnsigned } from "./unsigned";
import { needsConfirmation } from "./needs-confirmation";

export type ReceivedMessage = {
  headers: HeaderReader;
  /** The exact bytes, already capped. */
  rawBody: Uint8Array;
  /** The caller's. Computed only for a message without a valid signature, which is counted by it. */
  network: () => string;
};

export type ReceiveNotification = { verdict: Verdict; reason: string };

/**
 * Receives one delivery of a notification: verifies its signature, then stores and applies it in one transaction.
 * Nothing is parsed or looked up before the signature is verified, and every signed message is stored. One log line per
 * delivery.
 * @throws when the database cannot store it; the caller answers 503, and DOKU sends it again
 */
export async function receiveNotification(
  deps: Deps,
  message: ReceivedMessage,
): Promise<ReceiveNotification> {
  const startedAt = performance.now();
  const { verdict, reason } = await processDelivery(deps, message);
  deps.log(verdict === "rejected" ? "warn" : "info", "notification_received", {
    verdict,
    reason,
    duration_ms: Math.round(performance.now() - startedAt),
  });
  return { verdict, reason };
}

async function processDelivery(deps: Deps, message: ReceivedMessage): Promise<ReceiveNotification> {
  const { headers, rawBody } = message;
  const { keys, settings } = deps;
  const verified = verifyMessage({ headers, rawBody, target: settings.notificationPath, keys });
  if (verified.outcome === "rejected") {
    await deps.countUnsigned(
      toUnsigned(deps, message, { target: "notifications", reason: verified.because }),
    );
    return { verdict: "rejected", reason: verified.because };
  }
  const reading = parseTransactionReport(rawBody);
  if (reading.outcome === "unreadable") {
    return recordOrphan(deps, toPendingDelivery(deps, message, verified, reading.invoiceNumber), reading.why);
  }
  return receiveReport(deps, toPendingDelivery(deps, message, verified, reading.report.invoiceNumber), {
    report: reading.report,
    sentAt: verified.sentAt,
  });
}

async function receiveReport(
  deps: Deps,
  delivery: PendingDelivery,
  { report, sentAt }: { report: TransactionReport; sentAt: Date | undefined },
): Promise<ReceiveNotification> {
  const invoiceNumber = InvoiceNumber.safeParse(report.invoiceNumber);
  if (!invoiceNumber.success) return recordOrphan(deps, delivery, "unknown_invoice");
  const identity = paymentIdentity(report);
  const asked = { invoice: invoiceNumber.data, identity };
  if (await needsConfirmation(deps, asked, { sentAt, receivedAt: delivery.receivedAt })) {
    const checked = await scheduleCheck(deps, invoiceNumber.data);
    if (checked)
      return recordWithVerdict(
        deps,
        { ...delivery, ...checked },
        { verdict: "ignored", reason: "waits_for_check" },
      );
    return recordOrphan(deps, delivery, "unknown_invoice");
  }
  const update = toPaymentUpdate(report, {
    source: "notification",
    identity,
    arrivedAt: delivery.receivedAt,
  });
  const incoming = { invoiceNumber: invoiceNumber.data, update, identifiers: report.identifiers, delivery };
  const applied = await applyPaymentUpdate(deps, incoming).catch((error: unknown) =>
    toNotApplied(deps, error),
  );
  if (applied.outcome === "not_applied") return recordOrphan(deps, delivery, "not_applied");
  if (applied.outcome === "unknown_invoice") return recordOrphan(deps, delivery, "unknown_invoice");
  return { verdict: applied.verdict, reason: applied.reason };
}

/**
 * A bug in our code would fail every retry of DOKU, and the message would be lost after the last one. So it is stored
 * and tried again by us (docs/threats-and-invariants.md#f40). When the database is unavailable, DOKU's retries are
 * enough.
 */
function toNotApplied(deps: Deps, error: unknown): { outcome: "not_applied" } {
  if (isUnavailable(error)) throw error;
  deps.log("error", "notification_not_applied", { error });
  return { outcome: "not_applied" };
}

/**
 * It is signed, so it may be about real money: stored whole, with a case for the merchant. DOKU need not send it again.
 */
function recordOrphan(deps: Deps, delivery: PendingDelivery, reason: string): Promise<ReceiveNotification> {
  const subject = toSubject(delivery.body ?? new Uint8Array(), delivery.bodyDigest);
  const opens = { caseId: deps.newId(), subject };
  const orphan = { ...delivery, orderId: undefined, paymentId: undefined, opens };
  return recordWithVerdict(deps, orphan, { verdict: "orphan", reason });
}

type AddressedDelivery = PendingDelivery & {
  orderId: Parameters<typeof recordDelivery>[1]["orderId"];
  paymentId: string | undefined;
};

async function recordWithVerdict(
  deps: Deps,
  delivery: AddressedDelivery,
  verdict: ReceiveNotification,
): Promise<ReceiveNotification> {
  await recordDelivery(deps.db, { ...delivery, ...verdict });
  return verdict;
}

/**
 * Notes for the merchant that DOKU calls another address than the settings name: nothing else would tell, and DOKU's tries
 * end after a day. A message of anybody else leaves no trace.
 * @param path the one that was called
 */
export async function recordWrongAddress(deps: Deps, message: ReceivedMessage, path: string): Promise<void> {
  const { keys, settings } = deps;
  if (verifyMessage({ ...message, target: path, keys }).outcome === "rejected") return;
  deps.log("error", "doku_calls_wrong_address", { called: path, expected: settings.notificationPath });
  await recordDelivery(deps.db, {
    id: deps.newId(),
    receivedAt: deps.now(),
    verdict: "rejected",
    reason: "wrong_address",
    orderId: undefined,
    paymentId: undefined,
    invoiceNumber: undefined,
    requestId: toStoredText(message.headers("Request-Id")),
    headers: { ...toStoredHeaders(message.headers), "Request-Target": toStoredText(path) ?? "" },
    body: undefined,
    bodyDigest: toDigest(message.rawBody),
    verifiedBy: undefined,
  });
}

const toPendingDelivery = (
  deps: Deps,
  { headers, rawBody }: ReceivedMessage,
  verified: VerifiedMessage,
  invoiceNumber: string | undefined,
): PendingDelivery => ({
  id: deps.newId(),
  receivedAt: deps.now(),
  invoiceNumber,
  requestId: verified.requestId,
  headers: toStoredHeaders(headers),
  body: rawBody,
  bodyDigest: toDigest(rawBody),
  verifiedBy: verified.key,
});
