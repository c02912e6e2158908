import type { ShownDelivery } from "@/app/dashboard/_components/delivery";
import type { StrayNotification } from "@/db/queries/dashboard/orders";
import type { Closing } from "@/db/queries/dashboard/cases";
import { parseTransactionReport, subjectOf, subjectOfBytes } from "@/lib/doku/transaction-report";

/** A stored message for the page. What it says is read again from its bytes, as they came. */
export function toShownDelivery(
  row: StrayNotification & { matchedAt?: Date | null; closing?: Closing | undefined },
): ShownDelivery {
  const reading = row.body && parseTransactionReport(row.body);
  const date = reading?.outcome === "read" ? reading.notice.date : undefined;
  return {
    id: row.id,
    verdict: row.verdict,
    reason: row.reason,
    receivedAt: row.receivedAt.toISOString(),
    delayMs: date && row.receivedAt.getTime() - date.getTime(),
    invoiceNumber: row.invoiceNumber,
    requestId: row.requestId,
    headers: Object.entries(row.headers).map(([name, value]) => ({ name, value })),
    body: row.body ? decodeText(row.body) : undefined,
    digest: row.bodyDigest,
    isByPreviousKey: row.verifiedBy === "previous",
    matchedAt: row.matchedAt?.toISOString(),
    closing: row.closing && { ...row.closing, at: row.closing.at.toISOString() },
  };
}

/** What a stored message says was paid; null when no amount can be read. */
export function findReportedAmount({ body }: StrayNotification): number | null {
  const reading = body && parseTransactionReport(body);
  return reading?.outcome === "read" ? (reading.notice.amount ?? null) : null;
}

/** Under which subjects the case of an orphan may stand: those from before cases of orphans are known by their bytes. */
export const listCaseSubjects = ({ verdict, body, bodyDigest }: StrayNotification): string[] =>
  verdict === "orphan" && body ? [subjectOf(body, bodyDigest), subjectOfBytes(bodyDigest)] : [];

/** A byte order mark stays: it is part of what was signed. */
export function decodeText(bytes: Uint8Array): { text: string; isUtf8: boolean } {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes), isUtf8: true };
  } catch {
    return { text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes), isUtf8: false };
  }
}
