import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isUnavailable } from "@/db/rows";
import { receiveNotification } from "@/lib/operations/notifications/receive-notification";
import { clientOf } from "../limits/client-address";
import { getDeps } from "../deps";
import { answerMessage, headersOf, refusals } from "./doku-message";
import { log } from "../log";
import { readRawBody } from "./raw-body";

/** DOKU's signed messages that a payment happened. What each answer means to DOKU: 2xx ends its tries, the rest do not. */
export async function takeNotification(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = (httpStatus: number, result: string, more: Record<string, string> = {}): void =>
    answerMessage({ request, response }, { httpStatus, headers: more, body: JSON.stringify({ result }) });
  if (request.method !== "POST") return answer(405, "only POST", { allow: "POST" });
  const headers = headersOf(request);
  const client = clientOf({ get: (name) => headers(name) ?? null });
  const body = await readRawBody(request, { client });
  if (body.outcome !== "read") {
    const { httpStatus, result, headers: more } = refusals[body.outcome];
    return answer(httpStatus, result, more);
  }
  try {
    const received = await receiveNotification(await getDeps(), { headers, rawBody: body.bytes });
    // One body for every cause: a forger learns nothing from it.
    if (received.verdict === "rejected") answer(401, "not verified");
    else answer(200, "received");
  } catch (error) {
    log("notification_failed", { error });
    answer(isUnavailable(error) ? 503 : 500, "try again");
  }
}
