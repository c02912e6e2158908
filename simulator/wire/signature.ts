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
export const digestOf = (body: string | Uint8Array): string =>
  createHash("sha256").update(body).digest("base64");

export function componentOf(parts: SignedParts): string {
  const head = `Client-Id:${parts.clientId}\nRequest-Id:${parts.requestId}\n${parts.label}:${parts.timestamp}`;
  const target = `${head}\nRequest-Target:${parts.target}`;
  return parts.digest === undefined ? target : `${target}\nDigest:${parts.digest}`;
}

export const sign = (parts: SignedParts, secretKey: string): string =>
  `HMACSHA256=${createHmac("sha256", secretKey).update(componentOf(parts)).digest("base64")}`;

export function isSigned(parts: SignedParts, secretKey: string, signature: string): boolean {
  const right = Buffer.from(sign(parts, secretKey));
  const given = Buffer.from(signature);
  return right.length === given.length && timingSafeEqual(right, given);
}
