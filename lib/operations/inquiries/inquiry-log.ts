import type { Db, Tx } from "@/db/database";
import { recordInquiry } from "@/db/queries/inquiries";
import type { PaymentRow } from "@/db/queries/orders";
import type { NameAndValue } from "@/db/schema";
import { toBareRefusal } from "@/lib/channels/inquiry-answers";
import type { HeaderReader, VerifiedMessage } from "@/lib/doku/envelope";
import { httpStatusByInquiryStatus, signAnswer } from "@/lib/doku/inquiry";
import type { SignedAnswer } from "@/lib/doku/inquiry";
import { toDigest } from "@/lib/doku/signature";
import type { InquiryStatus } from "@/lib/payment/inquiry";
import type { Deps } from "../deps";
import { toStoredHeaders } from "../notifications/stored-headers";
import { toUnsigned } from "../notifications/unsigned";

export type ReceivedInquiry = {
  headers: HeaderReader;
  /** The exact bytes, already capped. */
  rawBody: Uint8Array;
  /** The caller's. Computed only for an inquiry without a valid signature, which is counted by it. */
  network: () => string;
};

/** An inquiry whose signature is valid, with what could be parsed of it. */
export type VerifiedInquiry = ReceivedInquiry &
  VerifiedMessage & {
    receivedAt: Date;
    paymentCode: string | undefined;
    identifiers: NameAndValue[];
  };

export type InquiryResult = {
  status: InquiryStatus;
  /** A key for the text on the merchant's page. */
  because: string;
  body: unknown;
  bill: Pick<PaymentRow, "id" | "orderId"> | undefined;
};

/** An answer, signed unless the question was a stranger's, with its status and reason for the log. */
export type RecordedAnswer = { status: InquiryStatus | "rejected"; reason: string; signed: SignedAnswer };

/** What signing an answer needs; no database, so that it works in an outage. */
export type SigningContext = Pick<Deps, "keys" | "now" | "newId"> & {
  settings: Pick<Deps["settings"], "inquiryPath">;
};

/** Signs an answer to the inquiry with these headers. */
export const signInquiryAnswer = (
  { keys, settings, now, newId }: SigningContext,
  headers: HeaderReader,
  answer: { httpStatus: number; body: string },
): SignedAnswer =>
  signAnswer({ keys, target: settings.inquiryPath, at: now(), freshId: newId }, headers, answer);

const declined = JSON.stringify(toBareRefusal("decline"));

/** A signed decline that reveals nothing about any bill: for DOKU's own question, in an outage. */
export const signDecline = (
  context: SigningContext,
  headers: HeaderReader,
  httpStatus: number,
): SignedAnswer => signInquiryAnswer(context, headers, { httpStatus, body: declined });

/** The same for a question that is not proven to be DOKU's: a stranger gets neither a signature nor the Client-Id. */
export const toUnsignedDecline = (httpStatus: number): SignedAnswer => ({
  httpStatus,
  headers: {},
  body: declined,
});

/** Stores an inquiry with a valid signature, and the exact bytes of its answer. */
export async function recordAnswered(
  db: Db | Tx,
  deps: Deps,
  { inquiry, result }: { inquiry: VerifiedInquiry; result: InquiryResult },
): Promise<RecordedAnswer> {
  const { status, because, bill } = result;
  const httpStatus = httpStatusByInquiryStatus[status];
  const body = JSON.stringify(result.body);
  await recordInquiry(db, {
    id: deps.newId(),
    receivedAt: inquiry.receivedAt,
    answer: status,
    reason: because,
    httpStatus,
    tookMs: countMsSince(inquiry.receivedAt, deps),
    orderId: bill?.orderId,
    paymentId: bill?.id,
    paymentCode: inquiry.paymentCode,
    requestId: inquiry.requestId,
    headers: toStoredHeaders(inquiry.headers),
    body: inquiry.rawBody,
    bodyDigest: toDigest(inquiry.rawBody),
    answered: body,
    identifiers: inquiry.identifiers,
    verifiedBy: inquiry.key,
  });
  return { status, reason: because, signed: signInquiryAnswer(deps, inquiry.headers, { httpStatus, body }) };
}

/** Declines an inquiry without a valid signature, with the same answer whatever is wrong with it, and counts it. */
export async function declineUnsigned(
  deps: Deps,
  received: ReceivedInquiry,
  reason: string,
): Promise<RecordedAnswer> {
  await deps.countUnsigned(toUnsigned(deps, received, { target: "inquiries", reason }));
  return { status: "rejected", reason, signed: toUnsignedDecline(401) };
}

/** 0 if the clock was set back meanwhile. */
const countMsSince = (begun: Date, { now }: Deps): number => Math.max(0, now().getTime() - begun.getTime());
