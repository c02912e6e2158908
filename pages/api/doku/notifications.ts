import type { NextApiRequest, NextApiResponse } from "next";
import { isUnavailable } from "@/db/rows";
import { receiveNotification } from "@/lib/operations/receive-notification";
import { clientOf } from "@/lib/server/client-address";
import { getDeps } from "@/lib/server/deps";
import { log } from "@/lib/server/log";
import { readRawBody, type RawBody } from "@/lib/server/raw-body";

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
  const headers = (name: string) => textOf(request.headers[name.toLowerCase()]);
  const client = clientOf({ get: (name) => headers(name) ?? null });
  const body = await readRawBody(request, { client });
  if (body.outcome !== "read") return answer(...refusals[body.outcome]);
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

const close = { connection: "close" };
/** What was not read to its end. A crowd has passed when the slowest have used up their ten seconds. */
const refusals: Record<Exclude<RawBody["outcome"], "read">, [number, string, Record<string, string>]> = {
  too_large: [413, "too_large", close],
  unreadable: [400, "unreadable", close],
  crowded: [503, "try again", { ...close, "retry-after": "10" }],
};

const answerTo =
  (response: NextApiResponse) =>
  (status: number, result: string, headers: Record<string, string> = {}): void => {
    const always = { "content-type": "application/json", "cache-control": "no-store" };
    response.writeHead(status, { ...always, ...headers }).end(JSON.stringify({ result }));
  };

/** A header that came twice is one text with a comma, as Node joins those that are not its own. */
const textOf = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join(", ") : value;
