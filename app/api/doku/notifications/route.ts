import { isUnavailable } from "@/db/rows";
import { receiveNotification } from "@/lib/operations/receive-notification";
import { getDeps } from "@/lib/server/deps";
import { log } from "@/lib/server/log";
import { readRawBody } from "@/lib/server/raw-body";

/** DOKU's signed messages that a payment happened. What each answer means to DOKU: 2xx ends its tries, the rest do not. */
export async function POST(request: Request): Promise<Response> {
  const body = await readRawBody(request);
  if (body.outcome !== "read") return answer(body.outcome === "too_large" ? 413 : 400, body.outcome);
  try {
    const headers = (name: string) => request.headers.get(name) ?? undefined;
    const received = await receiveNotification(await getDeps(), { headers, rawBody: body.bytes });
    // One body for every cause: a forger learns nothing from it.
    return received.verdict === "rejected" ? answer(401, "not verified") : answer(200, "received");
  } catch (error) {
    log("notification_failed", { error });
    return isUnavailable(error) ? answer(503, "try again") : answer(500, "try again");
  }
}

const answer = (status: number, result: string) =>
  Response.json({ result }, { status, headers: { "cache-control": "no-store" } });
