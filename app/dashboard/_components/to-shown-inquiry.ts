import type { ShownInquiry } from "@/app/dashboard/_components/inquiry";
import type { InquiryRow } from "@/db/queries/dashboard/inquiries";
import { parseMoment } from "@/lib/doku/moment";
import { decodeText } from "./to-shown-delivery";

/** Converts a stored inquiry for the page. */
export const toShownInquiry = (row: InquiryRow): ShownInquiry => ({
  id: row.id,
  answer: row.answer,
  reason: row.reason,
  receivedAt: row.receivedAt.toISOString(),
  code: row.paymentCode,
  orderId: row.orderId,
  httpStatus: row.httpStatus,
  tookMs: row.tookMs,
  identifiers: row.identifiers,
  headers: Object.entries(row.headers).map(([name, value]) => ({ name, value })),
  body: row.body ? decodeText(row.body) : undefined,
  digest: row.bodyDigest,
  answered: row.answered,
  isByPreviousKey: row.verifiedBy === "previous",
});

type TimedRow = Pick<InquiryRow, "headers" | "receivedAt" | "verifiedBy">;

/** More than a message needs on its way, and less than what settings may decline. */
const notableMs = 2 * 60_000;

/**
 * How far our clock is ahead of DOKU's, in milliseconds, by the newest inquiry that DOKU signed; undefined when they
 * agree or nothing tells.
 */
export function findClockDifference(newestFirst: readonly TimedRow[]): number | undefined {
  const signed = newestFirst.find(({ verifiedBy }) => verifiedBy !== null);
  const sentAt = signed && parseMoment(signed.headers["Request-Timestamp"] ?? "");
  const difference = sentAt && signed.receivedAt.getTime() - sentAt.getTime();
  return difference !== undefined && Math.abs(difference) > notableMs ? difference : undefined;
}
