import type { NextApiRequest, NextApiResponse } from "next";
import { isUnavailable } from "@/db/rows";
import { receiveNotification } from "@/lib/operations/receive-notification";
import { getDeps } from "@/lib/server/deps";
import { log } from "@/lib/server/log";
import { readRawBody } from "@/lib/server/raw-body";

/** The signature is over the bytes, so nobody may parse them before us. */
export const config = { api: { bodyParser: false } };

/**
 * DOKU's signed messages that a payment happened. What each answer means to DOKU: 2xx ends its tries, the rest do not.
 * Below `pages` because a handler there gets Node's own request (decision 008).
 */
export default async function notifications(
  request: NextApiRequest,
  response: NextApiResponse,
): Promise<void> {
  const answer = answerTo(response);
  if (request.method !== "POST") return answer(405, "only POST", { allow: "POST" });
  const body = await readRawBody(request);
  if (body.outcome !== "read")
    return answer(body.outcome === "too_large" ? 413 : 400, body.outcome, { connection: "close" });
  try {
    const headers = (name: string) => textOf(request.headers[name.toLowerCase()]);
    const received = await receiveNotification(await getDeps(), { headers, rawBody: body.bytes });
    // One body for every cause: a forger learns nothing from it.
    if (received.verdict === "rejected") answer(401, "not verified");
    else answer(200, "received");
  } catch (error) {
    log("notification_failed", { error });
    answer(isUnavailable(error) ? 503 : 500, "try again");
  }
}

const answerTo =
  (response: NextApiResponse) =>
  (status: number, result: string, headers: Record<string, string> = {}): void => {
    const always = { "content-type": "application/json", "cache-control": "no-store" };
    response.writeHead(status, { ...always, ...headers }).end(JSON.stringify({ result }));
  };

/** A header that came twice is one text with a comma, as Node joins those that are not its own. */
const textOf = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join(", ") : value;
