import type { ShownDelivery } from "@/app/dashboard/_components/delivery";
import type { UnmatchedNotification } from "@/db/queries/dashboard/unmatched";
import type { CaseClosing } from "@/db/queries/dashboard/cases";
import { findChannel } from "@/lib/channels/registry";
import { parseTransactionReport, toSubject, toSubjectOfBytes } from "@/lib/doku/transaction-report";
import type { TransactionReport } from "@/lib/doku/transaction-report";

type Row = UnmatchedNotification & {
  matchedAt?: Date | null;
  closing?: CaseClosing | undefined;
  /** The id of its payment's channel. */
  channel?: string | undefined;
};

/** Converts a stored delivery for the page; the message is parsed again from its stored bytes. */
export function toShownDelivery(row: Row): ShownDelivery {
  const reading = row.body && parseTransactionReport(row.body);
  const report = reading?.outcome === "read" ? reading.report : undefined;
  const date = report?.date;
  return {
    id: row.id,
    verdict: row.verdict,
    reason: row.reason,
    receivedAt: row.receivedAt.toISOString(),
    otherChannel: report && findOtherChannel(report, row.channel),
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

/**
 * The channel that the message names, where it is another one than its payment's. DOKU signed it and the invoice number
 * decides, so it is applied all the same.
 */
function findOtherChannel(
  { dokuServiceId, dokuChannelId }: Pick<TransactionReport, "dokuServiceId" | "dokuChannelId">,
  channelId: string | undefined,
): string | undefined {
  const own = channelId === undefined ? undefined : findChannel(channelId)?.dokuChannelId;
  if (own === undefined) return undefined;
  const isSame =
    (dokuChannelId ?? own) === own && (dokuServiceId === undefined || own.startsWith(`${dokuServiceId}_`));
  return isSame ? undefined : [dokuServiceId, dokuChannelId].filter((id) => id !== undefined).join(" / ");
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
