import "server-only";
import { isIPv6 } from "node:net";

/**
 * Who is asking, for limits per client: the last address of X-Forwarded-For, which is the one that the nearest proxy
 * wrote. Without a proxy Next's server writes the peer's address there, but only if the client has not; limits that must
 * hold against a liar are therefore not by client alone.
 */
export function clientOf(headers: Pick<Headers, "get">): string {
  const address = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() || "unknown";
  // What a liar wrote may be long, and is kept as a key.
  return isIPv6(address) ? toNetwork(address) : address.slice(0, 45);
}

/** The first half of an IPv6 address: one phone has all of the other half to choose from. */
function toNetwork(address: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  const [front = [], back = []] = address.split("::").map((part) => part.split(":").filter(Boolean));
  const zeros = Array.from({ length: 8 - front.length - back.length }, () => "0");
  const half = [...front, ...zeros, ...back].slice(0, 4);
  return `${half.map((group) => parseInt(group, 16).toString(16)).join(":")}::/64`;
}
