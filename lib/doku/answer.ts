import { verifyResponse } from "./envelope";
import { parseJson } from "./json";
import type { DokuKeys } from "./keys";
import { parseDokuError } from "./doku-error";
import type { DokuOutcome, UnknownReason } from "./outcome";
import { toStorableText } from "../parsing/safe-text";
import type { Exchange } from "../http/transport";

/** What a signed answer must match to belong to the call. */
export type ExpectedAnswer = { requestId: string; target: string; keys: DokuKeys };

/** How much of DOKU's raw answer is stored for the merchant, in characters. */
const maxText = 4096;

/**
 * Converts an HTTP exchange to an outcome: by the class of the status first (docs/doku-protocol.md#102-codes), and
 * never from an answer with a wrong signature. A success must be signed. An error may be unsigned: DOKU cannot sign
 * for a client that it does not know (docs/doku-protocol.md#23-verifying).
 */
export function toDokuOutcome(exchange: Exchange, { keys, ...expected }: ExpectedAnswer): DokuOutcome {
  if (exchange.outcome === "failed") {
    return {
      outcome: "unknown",
      because: exchange.because,
      httpStatus: undefined,
      error: undefined,
      text: "",
    };
  }
  const { httpStatus, header, body: rawBody } = exchange;
  const body = parseJson(rawBody);
  const error = parseDokuError(body);
  const text = toStorableText(new TextDecoder().decode(rawBody.subarray(0, maxText * 4)), maxText);
  const unknown = (because: UnknownReason): DokuOutcome => ({
    outcome: "unknown",
    because,
    httpStatus,
    error,
    text,
  });

  if (httpStatus >= 300 && httpStatus < 400) return unknown("redirected");
  const signature = verifyResponse({ ...expected, keys, headers: header, rawBody });
  if (signature === "bad_signature") return unknown("bad_signature");
  if (httpStatus === 409 && error !== undefined) return unknown("conflict");
  if (isSuccess(httpStatus) || httpStatus === 409) {
    if (signature === "unsigned") return unknown("unsigned");
    if (body === undefined) return unknown("unreadable");
    return httpStatus === 409
      ? { outcome: "replayed", httpStatus, body, text }
      : { outcome: "answered", httpStatus, body, text };
  }
  if (httpStatus === 429) return unknown("rate_limited");
  // 408 and 425 ask for the same request again, as a 5xx does.
  if (httpStatus === 408 || httpStatus === 425 || httpStatus < 400 || httpStatus > 499) {
    return unknown("server_error");
  }
  return { outcome: "refused", httpStatus, error: error ?? noDetails, text };
}

const isSuccess = (httpStatus: number): boolean => httpStatus >= 200 && httpStatus < 300;

const noDetails = { code: undefined, message: undefined, type: undefined };
