import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/**
 * What a signature covers (docs/doku-protocol.md#21-what-is-signed). It does not cover host, method, query and HTTP
 * status.
 */
export type SignedParts = {
  clientId: string;
  requestId: string;
  /** The timestamp's label in the signed text. It differs, so a request can never pass for an answer. */
  timestampHeader: "Request-Timestamp" | "Response-Timestamp";
  /** `2020-09-22T01:51:00Z`: UTC, whole seconds. */
  timestamp: string;
  /** The path without query, exactly as in the request line (docs/doku-protocol.md#22-which-path-and-digest). */
  target: string;
  /** The exact bytes on the wire; undefined for a GET, whose signed text has no Digest line. */
  body: Uint8Array | undefined;
};

/** The `Digest` of a body: base64 of the SHA-256 of its exact bytes, 44 characters. */
export const toDigest = (body: Uint8Array): string => createHash("sha256").update(body).digest("base64");

/**
 * The string to sign: one LF between the lines, none after the last
 * (docs/doku-protocol.md#21-what-is-signed).
 */
export function toStringToSign(parts: Omit<SignedParts, "body">, digest: string | undefined): string {
  const lines = [
    `Client-Id:${parts.clientId}`,
    `Request-Id:${parts.requestId}`,
    `${parts.timestampHeader}:${parts.timestamp}`,
    `Request-Target:${parts.target}`,
  ];
  if (digest !== undefined) lines.push(`Digest:${digest}`);
  return lines.join("\n");
}

/**
 * Makes the `Signature` header: `HMACSHA256=` and 44 characters of base64, keyed with the UTF-8 bytes of the Secret Key,
 * `SK-` included (docs/doku-protocol.md#21-what-is-signed).
 * @throws RangeError when a part is not printable ASCII (a line break would forge a line) or the key is empty
 */
export function sign(parts: SignedParts, secretKey: string): string {
  if (!isSignable(parts)) throw new RangeError("A signed part is empty or not printable ASCII");
  if (secretKey === "") throw new RangeError("An empty secret key signs nothing");
  return `${prefix}${computeHmac(parts, secretKey).toString("base64")}`;
}

/** Whether `signature` is what `sign` makes of these parts with this key. Compares in constant time, never throws. */
export function isSignedBy(secretKey: string, parts: SignedParts, signature: string): boolean {
  const actual = parseSignature(signature);
  if (actual === undefined || secretKey === "" || !isSignable(parts)) return false;
  return timingSafeEqual(computeHmac(parts, secretKey), actual);
}

/** Whether the text has the form of a signature; does not verify it. */
export const isSignatureShaped = (signature: string): boolean => parseSignature(signature) !== undefined;

const prefix = "HMACSHA256=";
const printable = /^[\x20-\x7e]+$/;

const isSignable = ({ clientId, requestId, timestamp, target }: SignedParts): boolean =>
  [clientId, requestId, timestamp, target].every((part) => printable.test(part));

function computeHmac(parts: SignedParts, secretKey: string): Buffer {
  const digest = parts.body === undefined ? undefined : toDigest(parts.body);
  return createHmac("sha256", secretKey).update(toStringToSign(parts, digest)).digest();
}

function parseSignature(signature: string): Buffer | undefined {
  if (!/^HMACSHA256=[A-Za-z0-9+/]{43}=$/.test(signature)) return undefined;
  const encoded = signature.slice(prefix.length);
  const bytes = Buffer.from(encoded, "base64");
  // 43 characters hold two bits more than 32 bytes: without this check four texts would be one signature.
  return bytes.toString("base64") === encoded ? bytes : undefined;
}
