import type { ShownDelivery } from "@/app/dashboard/_components/delivery";
import type { UnmatchedNotification } from "@/db/queries/dashboard/orders";
import type { CaseClosing } from "@/db/queries/dashboard/cases";
import { parseTransactionReport, toSubject, toSubjectOfBytes } from "@/lib/doku/transaction-report";

/** Converts a stored delivery for the page; the message is parsed again from its stored bytes. */
export function toShownDelivery(
  row: UnmatchedNotification & { matchedAt?: Date | null; closing?: CaseClosing | undefined },
): ShownDelivery {
  const reading = row.body && parseTransactionReport(row.body);
  const date = reading?.outcome === "read" ? reading.report.date : undefined;
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

/** The amount in a stored notification; null when there is none. */
export function findReportedAmount({ body }: UnmatchedNotification): number | null {
  const reading = body && parseTransactionReport(body);
  return reading?.outcome === "read" ? (reading.report.amount ?? null) : null;
}

/** The subjects that an orphan's case may have; older cases are keyed by the bytes of the message. */
export const listCaseSubjects = ({ verdict, body, bodyDigest }: UnmatchedNotification): string[] =>
  verdict === "orphan" && body ? [toSubject(body, bodyDigest), toSubjectOfBytes(bodyDigest)] : [];

/** Keeps a byte order mark, because it is part of what was signed. */
export function decodeText(bytes: Uint8Array): { text: string; isUtf8: boolean } {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes), isUtf8: true };
  } catch {
    return { text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes), isUtf8: false };
  }
}
