import "server-only";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { deriveKey } from "./session-secret";

const cipherName = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/** The longest search, in characters. */
export const maxSearch = 100;

/**
 * Encrypts what staff search for, for the address of the list: addresses end up in logs of proxies and in the history of
 * a browser, and people search for names and phone numbers (docs/decisions/031-search-words-in-addresses.md).
 * @returns base64url
 */
export function sealSearch(words: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(cipherName, deriveKey("search"), nonce);
  const sealed = Buffer.concat([cipher.update(words.slice(0, maxSearch), "utf8"), cipher.final()]);
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString("base64url");
}

/** What was searched for; undefined for a text that `sealSearch` of this shop did not make. */
export function openSearch(sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, "base64url");
  if (bytes.length < nonceBytes + tagBytes) return undefined;
  const decipher = createDecipheriv(cipherName, deriveKey("search"), bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  try {
    const words = decipher.update(bytes.subarray(nonceBytes, -tagBytes));
    return Buffer.concat([words, decipher.final()]).toString("utf8");
  } catch {
    return undefined;
  }
}
