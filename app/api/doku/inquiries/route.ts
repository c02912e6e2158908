import { isUnavailable } from "@/db/rows";
import { answerInquiry, isInquiryOn } from "@/lib/operations/inquiries/answer-inquiry";
import { verifyMessage } from "@/lib/doku/envelope";
import { signDecline, toUnsignedDecline } from "@/lib/operations/inquiries/inquiry-log";
import type { ReceivedInquiry } from "@/lib/operations/inquiries/inquiry-log";
import { getClientNetwork } from "@/lib/server/limits/client-address";
import { getDeps } from "@/lib/server/deps";
import { bodyRefusals, toResponse } from "@/lib/server/doku-answer";
import { failureLevel, log } from "@/lib/server/log";
import { readRequestBody } from "@/lib/server/request-body";
import { getSettings } from "@/lib/server/env/settings";

export const dynamic = "force-dynamic";

/**
 * Answers a till that asks through DOKU what a code is worth. Every answer to DOKU is signed, in an outage too, because
 * it accepts no other; a stranger gets no signature. 404 without direct inquiry
 * (docs/decisions/010-answers-to-direct-inquiry.md).
 */
export async function POST(request: Request): Promise<Response> {
  if (!isInquiryOn(getSettings())) return notFound();
  const body = await readRequestBody(request);
  if (body.outcome !== "read") {
    const { httpStatus, headers } = bodyRefusals[body.outcome];
    return declineUnproven(httpStatus, headers);
  }
  const network = () => getClientNetwork(request.headers);
  const received = { headers: toHeaderLookup(request), rawBody: body.bytes, network };
  try {
    return toResponse(await answerInquiry(await getDeps(), received));
  } catch (error) {
    log(failureLevel(error), "inquiry_failed", { error });
    return declineInquiry(received, isUnavailable(error) ? 503 : 500);
  }
}

const refuseMethod = (): Response =>
  isInquiryOn(getSettings()) ? declineUnproven(405, { allow: "POST" }) : notFound();

export {
  refuseMethod as DELETE,
  refuseMethod as GET,
  refuseMethod as HEAD,
  refuseMethod as OPTIONS,
  refuseMethod as PATCH,
  refuseMethod as PUT,
};

const notFound = (): Response =>
  new Response(null, { status: 404, headers: { "cache-control": "no-store" } });

const toHeaderLookup = (request: Request) => (name: string) => request.headers.get(name) ?? undefined;

/** Tells the till to take no money; signed when DOKU has asked. Needs no database. */
function declineInquiry(received: ReceivedInquiry, httpStatus: number): Response {
  const settings = getSettings();
  const { keys } = settings;
  const verified = verifyMessage({ ...received, target: settings.inquiryPath, keys });
  if (verified.outcome === "rejected") return declineUnproven(httpStatus);
  const signer = { keys, settings, now: () => new Date(), newId: () => crypto.randomUUID() };
  return toResponse(signDecline(signer, received.headers, httpStatus));
}

/** Without the whole body the signature cannot be verified. */
const declineUnproven = (httpStatus: number, headers: Record<string, string> = {}): Response =>
  toResponse({ ...toUnsignedDecline(httpStatus), headers });
