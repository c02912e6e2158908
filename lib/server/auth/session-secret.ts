import "server-only";
import { createHash, createHmac, randomBytes } from "node:crypto";
import { getSettings } from "../env/settings";
import type { Settings } from "../env/settings";

declare global {
  /** Next loads this module several times in one process; a random secret must be the same in all of them. */
  var kodeBayarRandomSecret: string | undefined;
}

/**
 * Signs cookies. In a demo sessions end when its password changes; without either setting they end with the process.
 */
export function getSessionSecret({ sessionSecret, demoOwner }: Settings): string {
  if (sessionSecret) return sessionSecret;
  if (!demoOwner) return (globalThis.kodeBayarRandomSecret ??= randomBytes(32).toString("hex"));
  return createHash("sha256")
    .update(`kode-bayar session of ${demoOwner.email}\n${demoOwner.password}`)
    .digest("hex");
}

/** 32 bytes for one purpose, so that what one key made is worth nothing to another. */
export const deriveKey = (purpose: string, settings: Settings = getSettings()): Uint8Array =>
  createHmac("sha256", getSessionSecret(settings)).update(`kode-bayar ${purpose}`).digest();
