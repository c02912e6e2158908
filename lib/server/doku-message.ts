import "server-only";
import type { IncomingMessage } from "node:http";
import type { HeaderReader } from "../doku/envelope";
import type { RawBody } from "./raw-body";

/** The headers of a message of DOKU's. One that came twice is one text with a comma, as Node joins those of its own. */
export function headersOf(request: Pick<IncomingMessage, "headers">): HeaderReader {
  return (name) => {
    const value = request.headers[name.toLowerCase()];
    return Array.isArray(value) ? value.join(", ") : value;
  };
}

export type Refusal = { httpStatus: number; result: string; headers: Record<string, string> };

const close = { connection: "close" };

/** What was not read to its end. A crowd has passed when the slowest have used up their ten seconds. */
export const refusals: Record<Exclude<RawBody["outcome"], "read">, Refusal> = {
  too_large: { httpStatus: 413, result: "too_large", headers: close },
  unreadable: { httpStatus: 400, result: "unreadable", headers: close },
  crowded: { httpStatus: 503, result: "try again", headers: { ...close, "retry-after": "10" } },
};

/** On every answer to DOKU. */
export const answerHeaders = {
  "content-type": "application/json",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "strict-transport-security": "max-age=31536000; includeSubDomains",
};
