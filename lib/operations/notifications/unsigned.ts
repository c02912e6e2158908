import type { UnsignedCount } from "@/db/queries/unsigned";
import type { UnsignedTarget } from "@/db/schema";
import type { HeaderReader } from "@/lib/doku/envelope";
import { toDigest } from "@/lib/doku/signature";
import type { Deps } from "../deps";
import { toStoredHeaders } from "./stored-headers";

type Unsigned = { headers: HeaderReader; rawBody: Uint8Array; network: () => string };

/** Not to be believed, so its body may be anything: of the body only the digest is kept. */
export function toUnsigned(
  { now }: Pick<Deps, "now">,
  { headers, rawBody, network }: Unsigned,
  { target, reason }: { target: UnsignedTarget; reason: string },
): UnsignedCount {
  const at = now();
  return {
    ...{ target, reason, network: network(), count: 1, firstAt: at, lastAt: at },
    headers: toStoredHeaders(headers),
    bodyDigest: toDigest(rawBody),
  };
}
