import { isSignedBy, type SignedParts } from "./signature";

/**
 * The credentials of one environment (docs/doku-protocol.md#1-environments-and-credentials). While a Secret Key is
 * being changed, messages made with the old one are still under way: both verify, only `current` signs.
 */
export type DokuKeys = { clientId: string; current: string; previous: string | undefined };

export type KeyName = "current" | "previous";

/** Which of the two keys made the signature; undefined when neither did. Both are always tried, so time tells nothing. */
export function findSigningKey(keys: DokuKeys, parts: SignedParts, signature: string): KeyName | undefined {
  const byCurrent = isSignedBy(keys.current, parts, signature);
  const byPrevious = isSignedBy(keys.previous ?? "", parts, signature);
  if (byCurrent) return "current";
  return byPrevious ? "previous" : undefined;
}
