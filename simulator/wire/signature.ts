import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** What a signature covers (protocol 2.1). `digest` is undefined for a GET, which signs no Digest line. */
export type SignedParts = {
  clientId: string;
  requestId: string;
  label: "Request-Timestamp" | "Response-Timestamp";
  timestamp: string;
  target: string;
  digest: string | undefined;
};

/** Over the exact bytes on the wire (protocol 2.1): a string is taken as UTF-8. */
export const computeDigest = (body: string | Uint8Array): string =>
  createHash("sha256").update(body).digest("base64");

export function signatureComponent(parts: SignedParts): string {
  const head = `Client-Id:${parts.clientId}\nRequest-Id:${parts.requestId}\n${parts.label}:${parts.timestamp}`;
  const target = `${head}\nRequest-Target:${parts.target}`;
  return parts.digest === undefined ? target : `${target}\nDigest:${parts.digest}`;
}

/** `HMACSHA256=` and the HMAC of the component, in base64 (protocol 2.1). */
export const sign = (parts: SignedParts, secretKey: string): string =>
  `HMACSHA256=${createHmac("sha256", secretKey).update(signatureComponent(parts)).digest("base64")}`;

/** In constant time, the prefix included. */
export function verifySignature(parts: SignedParts, secretKey: string, signature: string): boolean {
  const right = Buffer.from(sign(parts, secretKey));
  const given = Buffer.from(signature);
  return right.length === given.length && timingSafeEqual(right, given);
}

/** Headers of a signed POST (protocol 1.1). `target` is the path that is called, without its query. */
export function signedRequestHeaders(
  request: {
    clientId: string;
    requestId: string;
    timestamp: string;
    target: string;
    body: string | Uint8Array;
  },
  secretKey: string,
) {
  const { clientId, requestId, timestamp, target, body } = request;
  const digest = computeDigest(body);
  const parts = { clientId, requestId, label: "Request-Timestamp", timestamp, target, digest } as const;
  return {
    "Client-Id": clientId,
    "Request-Id": requestId,
    "Request-Timestamp": timestamp,
    Signature: sign(parts, secretKey),
    "Content-Type": "application/json",
  };
}
