import "server-only";
import type { RequestBody } from "./request-body";

/**
 * On every answer to DOKU. `no-transform` because Next compresses what a client says it can unpack, and DOKU checks a
 * signature over the bytes of some of these answers.
 */
const sharedHeaders = { "content-type": "application/json", "cache-control": "no-store, no-transform" };

export type DokuAnswer = { httpStatus: number; headers: Record<string, string>; body: string };

export const toResponse = ({ httpStatus, headers, body }: DokuAnswer): Response =>
  new Response(body, { status: httpStatus, headers: { ...sharedHeaders, ...headers } });

/**
 * Answers for a body that was not read completely. They close the connection, so that its rest is not read as a
 * request.
 */
export const bodyRefusals: Record<
  Exclude<RequestBody["outcome"], "read">,
  { httpStatus: number; result: string; headers: Record<string, string> }
> = {
  too_large: { httpStatus: 413, result: "too_large", headers: { connection: "close" } },
  unreadable: { httpStatus: 400, result: "unreadable", headers: { connection: "close" } },
};
