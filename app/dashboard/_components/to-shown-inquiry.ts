import type { ShownInquiry } from "@/app/dashboard/_components/inquiry";
import type { InquiryRow } from "@/db/queries/dashboard/inquiries";
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
