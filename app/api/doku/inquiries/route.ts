import { isUnavailable } from "@/db/rows";
import { answerInquiry, isInquiryOn } from "@/lib/operations/inquiries/answer-inquiry";
import { signDecline } from "@/lib/operations/inquiries/inquiry-log";
import { getDeps } from "@/lib/server/deps";
import { bodyRefusals, toResponse } from "@/lib/server/doku-answer";
import { failureLevel, log } from "@/lib/server/log";
import { readRequestBody } from "@/lib/server/request-body";
import { getSettings } from "@/lib/server/env/settings";

export const dynamic = "force-dynamic";

/**
 * Answers a till that asks through DOKU what a code is worth. Every answer is signed, also to a forger and in an outage,
 * because DOKU accepts no other. 404 without direct inquiry (docs/decisions/010-answers-to-direct-inquiry.md).
 */
export async function POST(request: Request): Promise<Response> {
  if (!isInquiryOn(getSettings())) return notFound();
  const body = await readRequestBody(request);
  if (body.outcome !== "read") {
    const { httpStatus, headers } = bodyRefusals[body.outcome];
    return declineInquiry(request, httpStatus, headers);
  }
  try {
    const headers = toHeaderLookup(request);
    return toResponse(await answerInquiry(await getDeps(), { headers, rawBody: body.bytes }));
  } catch (error) {
    log(failureLevel(error), "inquiry_failed", { error });
    return declineInquiry(request, isUnavailable(error) ? 503 : 500);
  }
}

const refuseMethod = (request: Request): Response =>
  isInquiryOn(getSettings()) ? declineInquiry(request, 405, { allow: "POST" }) : notFound();

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

/** A signed answer that tells the till to take no money. Needs no database. */
function declineInquiry(
  request: Request,
  httpStatus: number,
  headers: Record<string, string> = {},
): Response {
  const settings = getSettings();
  const signer = { keys: settings.keys, settings, now: () => new Date(), newId: () => crypto.randomUUID() };
  const declined = signDecline(signer, toHeaderLookup(request), httpStatus);
  return toResponse({ ...declined, headers: { ...declined.headers, ...headers } });
}
