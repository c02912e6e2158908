import { z } from "zod";
import type { InquiryStatus } from "../payment/inquiry";
import { isRequestId, signedHeaders } from "./envelope";
import type { HeaderReader } from "./envelope";
import { parseJson } from "./json";
import type { DokuKeys } from "./keys";
import { TextOrInteger, Identifiers, lenient } from "../parsing/lenient";

/** The parsed inquiry: a till asks through DOKU what a code is worth. */
export type InquiryResult =
  | {
      outcome: "read";
      /** As the inquiry has it; not validated as a `PaymentCode` yet. */
      paymentCode: string;
      /** The acquirer's identifiers of the inquiry, at most 50. */
      identifiers: { name: string; value: string }[];
    }
  | { outcome: "unreadable"; why: "not_json" | "not_an_object" | "no_payment_code" };

const Body = z.object({
  // A number above the safe integers has lost digits and is dropped.
  online_to_offline_info: lenient(z.object({ payment_code: lenient(TextOrInteger) })),
  online_to_offline_inquiry: lenient(z.object({ identifier: Identifiers, identifer: Identifiers })),
});

/**
 * Parses the bytes of a verified inquiry; lenient in everything but the code
 * (docs/doku-protocol.md#45-direct-inquiry-dipc).
 */
export function parseInquiry(raw: Uint8Array | string): InquiryResult {
  const value = parseJson(raw);
  if (value === undefined) return { outcome: "unreadable", why: "not_json" };
  const parsed = Body.safeParse(value);
  if (!parsed.success) return { outcome: "unreadable", why: "not_an_object" };
  const { online_to_offline_info: info, online_to_offline_inquiry: inquiry } = parsed.data;
  if (info?.payment_code === undefined) return { outcome: "unreadable", why: "no_payment_code" };
  const identifiers = inquiry?.identifier ?? inquiry?.identifer ?? [];
  return { outcome: "read", paymentCode: info.payment_code, identifiers };
}

/** The HTTP status of each answer (docs/doku-protocol.md#45-direct-inquiry-dipc). */
export const httpStatusByInquiryStatus: Record<InquiryStatus, number> = {
  success: 200,
  decline: 400,
  billing_already_paid: 400,
  billing_was_expired: 400,
  billing_not_found: 404,
};

/** An answer, ready to be sent: the signature in `headers`, where there is one, covers exactly `body`. */
export type SignedAnswer = { httpStatus: number; headers: Record<string, string>; body: string };

/**
 * Signs the answer to an inquiry, refusals included (docs/doku-protocol.md#22-which-path-and-digest, e). It has the
 * inquiry's Request-Id, or one from `freshId` when that cannot be signed.
 * @param target the configured path of the inquiry address
 */
export function signAnswer(
  { keys, target, at, freshId }: { keys: DokuKeys; target: string; at: Date; freshId: () => string },
  inquiryHeaders: HeaderReader,
  { httpStatus, body }: { httpStatus: number; body: string },
): SignedAnswer {
  const inquiryRequestId = inquiryHeaders("Request-Id");
  const requestId =
    inquiryRequestId !== undefined && isRequestId(inquiryRequestId) ? inquiryRequestId : freshId();
  const signed = { requestId, timestampHeader: "Response-Timestamp", target, at } as const;
  return { httpStatus, headers: signedHeaders(keys, { ...signed, body: Buffer.from(body) }), body };
}
