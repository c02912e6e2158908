import type { ShownDelivery } from "@/components/dashboard/delivery";
import type { StrayNotification } from "@/db/dashboard";
import { readNotice } from "@/lib/doku/notice";

/** A stored message for the page. What it says is read again from its bytes, as they came. */
export function shownDelivery(row: StrayNotification & { matchedAt?: Date | null }): ShownDelivery {
  const reading = row.body && readNotice(row.body);
  const date = reading?.outcome === "read" ? reading.notice.date : undefined;
  return {
    id: row.id,
    verdict: row.verdict,
    reason: row.reason,
    receivedAt: row.receivedAt.toISOString(),
    delay: date && row.receivedAt.getTime() - date.getTime(),
    invoiceNumber: row.invoiceNumber,
    requestId: row.requestId,
    headers: Object.entries(row.headers).map(([name, value]) => ({ name, value })),
    body: row.body ? textOf(row.body) : undefined,
    digest: row.bodyDigest,
    isByPreviousKey: row.verifiedBy === "previous",
    matchedAt: row.matchedAt?.toISOString(),
  };
}

/** A byte order mark stays: it is part of what was signed. */
export function textOf(bytes: Uint8Array): { text: string; isUtf8: boolean } {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes), isUtf8: true };
  } catch {
    return { text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes), isUtf8: false };
  }
}
