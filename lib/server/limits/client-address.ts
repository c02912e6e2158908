import "server-only";
import { getSettings } from "../env/settings";
import { type IpRange, type TrustedProxies, parseAddress } from "./trusted-proxies";

/**
 * Who is asking, for limits per client, out of X-Forwarded-For: each proxy adds the address that called it at the end, and
 * `TRUSTED_PROXIES` says how many of those were written by proxies of the merchant. What stands before them anybody can
 * write. Without a proxy Next's server writes the peer's address there, but only if the client has not; limits that must
 * hold against a liar are therefore not by client alone.
 */
export const getClientAddress = (headers: Pick<Headers, "get">): string =>
  findClientAddress(headers.get("x-forwarded-for") ?? "", getSettings().trustedProxies);

/** The range that a client's address is of: an attacker with one address often has its neighbours. */
export const getClientNetwork = (headers: Pick<Headers, "get">): string =>
  toClientNetwork(getClientAddress(headers));

/** `203.0.113.7` becomes `203.0.113.0/24`. IPv6 addresses are a range already; other texts stay as they are. */
export const toClientNetwork = (address: string): string =>
  address.replace(/^(\d+\.\d+\.\d+)\.\d+$/, "$1.0/24");

/** @param forwarded the value of X-Forwarded-For */
export function findClientAddress(forwarded: string, trusted: TrustedProxies): string {
  const hops = forwarded.split(",").map((hop) => hop.trim());
  const hop = typeof trusted === "number" ? (hops.at(-trusted) ?? hops[0]) : findUntrusted(hops, trusted);
  const address = parseAddress(hop ?? "");
  // What a liar wrote may be long, and is kept as a key.
  if (address === undefined) return hop?.slice(0, 45) || "unknown";
  return address.kind() === "ipv6" ? toNetwork(address.toByteArray()) : address.toString();
}

/** The last one that is no proxy of the merchant; the first when all are. */
function findUntrusted(hops: readonly string[], ranges: readonly IpRange[]): string | undefined {
  const isTrusted = (hop: string) => {
    const address = parseAddress(hop);
    return (
      address !== undefined &&
      ranges.some(([base, bits]) => address.kind() === base.kind() && address.match(base, bits))
    );
  };
  return hops.findLast((hop) => !isTrusted(hop)) ?? hops[0];
}

/** The first half of an IPv6 address: one phone has all of the other half to choose from. */
function toNetwork(bytes: readonly number[]): string {
  const groups = [0, 2, 4, 6].map((at) => (((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)).toString(16));
  return `${groups.join(":")}::/64`;
}
