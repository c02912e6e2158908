import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/**
 * An address as it is kept when it wants no reminders. Without a key, on purpose: an opt-out must outlive a change of
 * SESSION_SECRET (docs/decisions/041-emails-to-shoppers.md).
 * @returns SHA-256 in hex
 */
export const hashAddress = (address: string): string =>
  createHash("sha256").update(`kode-bayar e-mail ${address.trim().toLowerCase()}`).digest("hex");

const macBytes = 16;

const sign = (hash: Buffer, key: Uint8Array): Buffer =>
  createHmac("sha256", key).update(hash).digest().subarray(0, macBytes);

/** What a link in an e-mail carries: who gets reminders, signed, so that only those who got the e-mail can stop them. */
export function toOptOutToken(addressHash: string, key: Uint8Array): string {
  const hash = Buffer.from(addressHash, "hex");
  return Buffer.concat([hash, sign(hash, key)]).toString("base64url");
}

/** @returns the hash of the address; undefined for a token that this shop did not sign */
export function parseOptOutToken(token: string, key: Uint8Array): string | undefined {
  const bytes = Buffer.from(token, "base64url");
  // Node ignores what is no base64url.
  if (bytes.length !== 32 + macBytes || bytes.toString("base64url") !== token) return undefined;
  const hash = bytes.subarray(0, 32);
  return timingSafeEqual(bytes.subarray(32), sign(hash, key)) ? hash.toString("hex") : undefined;
}
