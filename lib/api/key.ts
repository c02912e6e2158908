import { createHash } from "node:crypto";

/** A key of production begins with `kb_live_`, one of try-it mode and DOKU's sandbox with `kb_test_`. */
const prefixes = { live: "kb_live_", test: "kb_test_" } as const;
export type KeyMode = keyof typeof prefixes;

const keyBytes = 32;
const keyPattern = /^kb_(live|test)_[A-Za-z0-9_-]{43}$/;

/** A fresh key. It is shown once; what is stored is `hashKey` of it. */
export const newKey = (mode: KeyMode, random: (bytes: number) => Uint8Array): string =>
  `${prefixes[mode]}${Buffer.from(random(keyBytes)).toString("base64url")}`;

/** SHA-256 in hex. */
export const hashKey = (key: string): string => createHash("sha256").update(key).digest("hex");

/** Its first and last characters, by which people recognise it. */
export const toKeyHint = (key: string): string => `${key.slice(0, 11)}…${key.slice(-4)}`;

export type ReadKey =
  { outcome: "read"; mode: KeyMode; hash: string } | { outcome: "missing" } | { outcome: "malformed" };

/** Parses `Authorization: Bearer kb_…`. */
export function readAuthorization(header: string | null): ReadKey {
  if (header === null || header.trim() === "") return { outcome: "missing" };
  const key = /^bearer +(\S+) *$/i.exec(header)?.[1];
  const mode = keyPattern.exec(key ?? "")?.[1];
  if (key === undefined || (mode !== "live" && mode !== "test")) return { outcome: "malformed" };
  return { outcome: "read", mode, hash: hashKey(key) };
}
