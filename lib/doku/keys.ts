import { isSignedBy, type SignedParts } from "./signature";

/**
 * The credentials of one environment (docs/doku-protocol.md#1-environments-and-credentials). While the Secret Key is
 * being changed, messages signed with the old one still arrive: both keys verify, only `current` signs.
 */
export type DokuKeys = { clientId: string; current: string; previous: string | undefined };

export type KeyName = "current" | "previous";

/** Which key made the signature; undefined when neither did. Always tries both, so the timing does not tell which. */
export function findSigningKey(keys: DokuKeys, parts: SignedParts, signature: string): KeyName | undefined {
  const byCurrent = isSignedBy(keys.current, parts, signature);
  const byPrevious = isSignedBy(keys.previous ?? "", parts, signature);
  if (byCurrent) return "current";
  return byPrevious ? "previous" : undefined;
}
