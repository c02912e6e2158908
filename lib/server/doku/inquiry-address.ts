import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isUnavailable } from "@/db/rows";
import type { SealedAnswer } from "@/lib/doku/inquiry";
import { answerInquiry, isInquiryOn } from "@/lib/operations/inquiries/answer-inquiry";
import { declineWith } from "@/lib/operations/inquiries/inquiry-log";
import { clientOf } from "../limits/client-address";
import { getDeps } from "../deps";
import { answerMessage, headersOf, refusals } from "./doku-message";
import { log } from "../log";
import { readRawBody } from "./raw-body";
import { getSettings } from "../env/settings";

/**
 * A till asks through DOKU what a code of ours is worth. Every answer is signed, the one to a forger and the one of an
 * outage too: DOKU believes no other. Without direct inquiry there is no such address (decision 010).
 */
export async function takeInquiry(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const settings = getSettings();
  if (!isInquiryOn(settings)) return void response.writeHead(404, { "cache-control": "no-store" }).end();
  const headers = headersOf(request);
  const voice = { keys: settings.keys, settings, now: () => new Date(), newId: () => crypto.randomUUID() };
  const send = (answer: SealedAnswer, more: Record<string, string> = {}): void =>
    answerMessage({ request, response }, { ...answer, headers: { ...answer.headers, ...more } });
  const decline = (httpStatus: number, more: Record<string, string> = {}) =>
    send(declineWith(voice, headers, httpStatus), more);
  if (request.method !== "POST") return decline(405, { allow: "POST" });
  const client = clientOf({ get: (name) => headers(name) ?? null });
  const body = await readRawBody(request, { client });
  if (body.outcome !== "read") {
    const refusal = refusals[body.outcome];
    return decline(refusal.httpStatus, refusal.headers);
  }
  try {
    send(await answerInquiry(await getDeps(), { headers, rawBody: body.bytes }));
  } catch (error) {
    log("inquiry_failed", { error });
    decline(isUnavailable(error) ? 503 : 500);
  }
}
