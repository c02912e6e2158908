import { findSigningKey, type DokuKeys, type KeyName } from "./keys";
import { parseMoment, formatTimestamp } from "./moment";
import { isSignatureShaped, sign, type SignedParts } from "./signature";

/** Gets one header, its name in any letter case. A repeated header must arrive joined by a comma. */
export type HeaderReader = (name: string) => string | undefined;

export type RejectionReason =
  "missing_header" | "repeated_header" | "malformed" | "wrong_client" | "bad_signature";

export type VerifiedMessage = {
  outcome: "verified";
  requestId: string;
  /** The header's exact text, which is what was signed. */
  requestTimestamp: string;
  /** The same as a date; undefined when its form is unknown. */
  sentAt: Date | undefined;
  key: KeyName;
};

export type Verification = VerifiedMessage | { outcome: "rejected"; because: RejectionReason };

/**
 * Verifies that DOKU sent a notification or an inquiry (docs/doku-protocol.md#22-which-path-and-digest, d;
 * docs/doku-protocol.md#23-verifying), before anything is parsed.
 *
 * `target` is the configured path, never the path of the incoming request. Age rejects nothing: it is unknown whether
 * DOKU's retries keep their timestamp, and a rejected retry is a lost payment. The timestamp may have any printable
 * form, because it is signed.
 */
export function verifyMessage(message: {
  headers: HeaderReader;
  rawBody: Uint8Array;
  target: string;
  keys: DokuKeys;
}): Verification {
  const parsed = parseHeaders(message.headers, message.headers("Request-Timestamp"));
  if (parsed.outcome === "rejected") return parsed;
  if (parsed.clientId !== message.keys.clientId) return rejected("wrong_client");
  const parts = toSignedParts(parsed, {
    timestampHeader: "Request-Timestamp",
    target: message.target,
    body: message.rawBody,
  });
  const key = findSigningKey(message.keys, parts, parsed.signature);
  if (key === undefined) return rejected("bad_signature");
  const { requestId, timestamp } = parsed;
  return { outcome: "verified", requestId, requestTimestamp: timestamp, sentAt: parseMoment(timestamp), key };
}

/** Signed correctly, without a signature, or with a header that is wrong or of another call. */
export type SignatureStatus = "signed" | "unsigned" | "bad_signature";

/**
 * Verifies DOKU's answer to a call (docs/doku-protocol.md#22-which-path-and-digest, b and f): its bytes, the
 * Client-Id, and the echo of the Request-Id, so that the answer about one payment is never taken for another's.
 */
export function verifyResponse(answer: {
  headers: HeaderReader;
  rawBody: Uint8Array;
  target: string;
  requestId: string;
  keys: DokuKeys;
}): SignatureStatus {
  const { headers, keys } = answer;
  if (!headers("Signature")) return "unsigned";
  // One page of DOKU lists Request-Timestamp for answers: its value is then taken for the Response-Timestamp
  // (docs/doku-protocol.md#13-contradictions, row 10).
  const parsed = parseHeaders(headers, headers("Response-Timestamp") ?? headers("Request-Timestamp"));
  if (parsed.outcome === "rejected") return "bad_signature";
  if (parsed.clientId !== keys.clientId || parsed.requestId !== answer.requestId) return "bad_signature";
  const parts = toSignedParts(parsed, {
    timestampHeader: "Response-Timestamp",
    target: answer.target,
    body: answer.rawBody,
  });
  return findSigningKey(keys, parts, parsed.signature) === undefined ? "bad_signature" : "signed";
}

/**
 * The four headers of a message to DOKU: a request, or the answer to an inquiry
 * (docs/doku-protocol.md#11-request-headers).
 * @throws RangeError when a part cannot be signed, which is a programming error
 */
export function signedHeaders(
  keys: DokuKeys,
  message: Omit<SignedParts, "clientId" | "timestamp"> & { at: Date },
): Record<string, string> {
  const { at, ...rest } = message;
  const parts: SignedParts = { ...rest, clientId: keys.clientId, timestamp: formatTimestamp(at) };
  return {
    "Client-Id": parts.clientId,
    "Request-Id": parts.requestId,
    [parts.timestampHeader]: parts.timestamp,
    Signature: sign(parts, keys.current),
  };
}

type ParsedHeaders = {
  outcome: "read";
  clientId: string;
  requestId: string;
  timestamp: string;
  signature: string;
};

/** What can be signed as a Request-Id (docs/doku-protocol.md#11-request-headers). */
export const isRequestId = (text: string): boolean => /^[\x20-\x7e]{1,128}$/.test(text);
const isTimestamp = (text: string): boolean => /^[\x20-\x7e]{1,64}$/.test(text);

function parseHeaders(
  headers: HeaderReader,
  timestamp: string | undefined,
): ParsedHeaders | { outcome: "rejected"; because: RejectionReason } {
  const [clientId, requestId, signature] = [
    headers("Client-Id"),
    headers("Request-Id"),
    headers("Signature"),
  ];
  if (!clientId || !requestId || !timestamp || !signature) return rejected("missing_header");
  // A repeated header arrives as "A, B": it is unknown which of the two was signed.
  if ([clientId, requestId, timestamp, signature].some((value) => value.includes(","))) {
    return rejected("repeated_header");
  }
  if (!isRequestId(requestId) || !isTimestamp(timestamp) || !isSignatureShaped(signature)) {
    return rejected("malformed");
  }
  return { outcome: "read", clientId, requestId, timestamp, signature };
}

const rejected = (because: RejectionReason) => ({ outcome: "rejected" as const, because });

const toSignedParts = (
  { clientId, requestId, timestamp }: ParsedHeaders,
  rest: Pick<SignedParts, "timestampHeader" | "target" | "body">,
): SignedParts => ({ clientId, requestId, timestamp, ...rest });
