import type { Db, Tx } from "@/db/database";
import { recordInquiry } from "@/db/queries/inquiries";
import type { PaymentRow } from "@/db/queries/orders";
import type { NameAndValue } from "@/db/schema";
import { toBareRefusal } from "@/lib/channels/inquiry-answers";
import type { HeaderReader, VerifiedMessage } from "@/lib/doku/envelope";
import { httpStatusOf, sealAnswer } from "@/lib/doku/inquiry";
import type { SealedAnswer } from "@/lib/doku/inquiry";
import { digestOf } from "@/lib/doku/signature";
import type { InquiryStatus } from "@/lib/payment/inquiry";
import type { Deps } from "../deps";
import { keptHeaders, keptText } from "../notifications/stored-headers";

export type Question = {
  headers: HeaderReader;
  /** The exact bytes, already capped. */
  rawBody: Uint8Array;
};

/** A question that is proven to be DOKU's, with what could be read of it. */
export type AskedQuestion = Question &
  VerifiedMessage & {
    receivedAt: Date;
    paymentCode: string | undefined;
    identifiers: NameAndValue[];
  };

export type Answered = {
  status: InquiryStatus;
  /** One word for the merchant's page. */
  because: string;
  body: unknown;
  bill: Pick<PaymentRow, "id" | "orderId"> | undefined;
};

/** An answer with what the log says of it. */
export type KeptAnswer = { status: InquiryStatus | "rejected"; reason: string; sealed: SealedAnswer };

/** What it takes to sign an answer; the database is not part of it. */
export type SigningContext = Pick<Deps, "keys" | "now" | "newId"> & {
  settings: Pick<Deps["settings"], "inquiryPath">;
};

/** Signs an answer to this question with the time of now. */
export const seal = (
  { keys, settings, now, newId }: SigningContext,
  headers: HeaderReader,
  answer: { httpStatus: number; body: string },
): SealedAnswer =>
  sealAnswer({ keys, target: settings.inquiryPath, at: now(), freshId: newId }, headers, answer);

/** A signed "take no money" that says nothing of any bill: to who is not DOKU, to what is no question, in an outage. */
export const declineWith = (voice: SigningContext, headers: HeaderReader, httpStatus: number): SealedAnswer =>
  seal(voice, headers, { httpStatus, body: JSON.stringify(toBareRefusal("decline")) });

/** Keeps a proven question whole, with the very bytes of the answer that it returns. */
export async function keepAnswered(
  db: Db | Tx,
  deps: Deps,
  { asked, answered }: { asked: AskedQuestion; answered: Answered },
): Promise<KeptAnswer> {
  const { status, because, bill } = answered;
  const httpStatus = httpStatusOf[status];
  const body = JSON.stringify(answered.body);
  await recordInquiry(db, {
    id: deps.newId(),
    receivedAt: asked.receivedAt,
    answer: status,
    reason: because,
    httpStatus,
    tookMs: since(asked.receivedAt, deps),
    orderId: bill?.orderId,
    paymentId: bill?.id,
    paymentCode: asked.paymentCode,
    requestId: asked.requestId,
    headers: keptHeaders(asked.headers),
    body: asked.rawBody,
    bodyDigest: digestOf(asked.rawBody),
    answered: body,
    identifiers: asked.identifiers,
    verifiedBy: asked.key,
  });
  return { status, reason: because, sealed: seal(deps, asked.headers, { httpStatus, body }) };
}

/**
 * Refuses an unproven question, in the same words whatever is wrong with it. Its body could be anything, so not even that
 * is stored; and the answer does not wait upon whether the database has room for it.
 */
export async function keepRejected(
  deps: Deps,
  { headers, rawBody, receivedAt }: Question & { receivedAt: Date },
  reason: string,
): Promise<KeptAnswer> {
  const sealed = declineWith(deps, headers, 401);
  const answer: KeptAnswer = { status: "rejected", reason, sealed };
  if (!(await deps.mayKeepRejection())) return answer;
  const kept = recordInquiry(deps.db, {
    id: deps.newId(),
    receivedAt,
    answer: "rejected",
    reason,
    httpStatus: sealed.httpStatus,
    tookMs: since(receivedAt, deps),
    requestId: keptText(headers("Request-Id")),
    headers: keptHeaders(headers),
    bodyDigest: digestOf(rawBody),
    answered: sealed.body,
    identifiers: [],
  });
  await kept.catch((error: unknown) => deps.log("warn", "inquiry_not_kept", { error }));
  return answer;
}

/** Whole milliseconds; a clock that was set back counts as none. */
const since = (begun: Date, { now }: Deps): number => Math.max(0, now().getTime() - begun.getTime());
