import "server-only";
import { isIPv6 } from "node:net";

/**
 * The client's address, for limits per client: the last one of X-Forwarded-For, which the nearest proxy wrote. Without
 * a proxy Next's server adds the peer's address only if the client sent no such header, so limits against attackers are
 * never by address alone.
 */
export function clientOf(headers: Pick<Headers, "get">): string {
  const address = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() || "unknown";
  // A forged address may be long, and becomes a key.
  return isIPv6(address) ? toNetwork(address) : address.slice(0, 45);
}

/** The first half of an IPv6 address: one device can use any address with the same first half. */
function toNetwork(address: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  const [front = [], back = []] = address.split("::").map((part) => part.split(":").filter(Boolean));
  const zeros = Array.from({ length: 8 - front.length - back.length }, () => "0");
  const half = [...front, ...zeros, ...back].slice(0, 4);
  return `${half.map((group) => parseInt(group, 16).toString(16)).join(":")}::/64`;
}
