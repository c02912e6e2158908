import "server-only";

/**
 * Who is asking, for limits per client: the last address of X-Forwarded-For, which is the one that the nearest proxy
 * wrote. Without a proxy Next's server writes the peer's address there, but only if the client has not; limits that must
 * hold against a liar are therefore not by client alone.
 */
export const clientOf = (headers: Headers): string =>
  headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "unknown";
