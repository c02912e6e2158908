import { isUnavailable } from "@/db/rows";
import { receiveNotification } from "@/lib/operations/notifications/receive-notification";
import { getClientNetwork } from "@/lib/server/limits/client-address";
import { getDeps } from "@/lib/server/deps";
import { bodyRefusals, toResponse } from "@/lib/server/doku-answer";
import { failureLevel, log } from "@/lib/server/log";
import { readRequestBody } from "@/lib/server/request-body";

export const dynamic = "force-dynamic";

/** Receives DOKU's signed notifications. DOKU stops sending a notification after a 2xx, and retries after other answers. */
export async function POST(request: Request): Promise<Response> {
  const body = await readRequestBody(request);
  if (body.outcome !== "read") {
    const { httpStatus, result, headers } = bodyRefusals[body.outcome];
    return answerDoku(httpStatus, result, headers);
  }
  try {
    const headers = (name: string) => request.headers.get(name) ?? undefined;
    const received = await receiveNotification(await getDeps(), {
      headers,
      rawBody: body.bytes,
      network: () => getClientNetwork(request.headers),
    });
    // The same body for every cause, so that it tells a forger nothing.
    return received.verdict === "rejected" ? answerDoku(401, "not verified") : answerDoku(200, "received");
  } catch (error) {
    log(failureLevel(error), "notification_failed", { error });
    return answerDoku(isUnavailable(error) ? 503 : 500, "try again");
  }
}

const refuseMethod = (): Response => answerDoku(405, "only POST", { allow: "POST" });

export {
  refuseMethod as DELETE,
  refuseMethod as GET,
  refuseMethod as HEAD,
  refuseMethod as OPTIONS,
  refuseMethod as PATCH,
  refuseMethod as PUT,
};

const answerDoku = (httpStatus: number, result: string, headers: Record<string, string> = {}): Response =>
  toResponse({ httpStatus, headers, body: JSON.stringify({ result }) });
