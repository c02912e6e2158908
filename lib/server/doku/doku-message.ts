import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { HeaderReader } from "@/lib/doku/envelope";
import type { RawBody } from "./raw-body";

/** The headers of a message of DOKU's. One that came twice is one text with a comma, as Node joins those of its own. */
export function headersOf(request: Pick<IncomingMessage, "headers">): HeaderReader {
  return (name) => {
    const value = request.headers[name.toLowerCase()];
    return Array.isArray(value) ? value.join(", ") : value;
  };
}

type Refusal = { httpStatus: number; result: string; headers: Record<string, string> };

const close = { connection: "close" };

/** What was not read to its end. A crowd has passed when the slowest have used up their ten seconds. */
export const refusals: Record<Exclude<RawBody["outcome"], "read">, Refusal> = {
  too_large: { httpStatus: 413, result: "too_large", headers: close },
  unreadable: { httpStatus: 400, result: "unreadable", headers: close },
  crowded: { httpStatus: 503, result: "try again", headers: { ...close, "retry-after": "10" } },
};

/** On every answer to DOKU. */
const answerHeaders = { "content-type": "application/json", "cache-control": "no-store" };

type Message = { request: IncomingMessage; response: ServerResponse };
type Answer = { httpStatus: number; headers: Record<string, string>; body: string };

/** How long somebody who goes on sending is listened to after the answer. Milliseconds. */
const lingerFor = 2_000;

/**
 * Answers a message of DOKU's. One that is too large is still being sent when its answer is: a connection that is closed
 * with unread bytes in it takes the answer back with it, so that what comes is thrown away for a moment (RFC 9112, 9.6).
 */
export function answerMessage({ request, response }: Message, { httpStatus, headers, body }: Answer): void {
  const length = String(Buffer.byteLength(body));
  response.writeHead(httpStatus, { ...answerHeaders, "content-length": length, ...headers });
  if (httpStatus !== 413 || request.complete) return void response.end(body);
  response.write(body);
  const end = () => {
    clearTimeout(late);
    response.end();
  };
  const late = setTimeout(end, lingerFor);
  request.once("close", end).resume();
}
