import "server-only";
import ipaddr from "ipaddr.js";

type Address = ipaddr.IPv4 | ipaddr.IPv6;
export type IpRange = readonly [base: Address, bits: number];

/** How many proxies of the merchant stand before this server, or the addresses that they have. */
export type TrustedProxies = number | readonly IpRange[];

const MOST_HOPS = 10;

/** Parses the setting: a number of hops, or addresses and ranges with commas. undefined when it is neither. */
export function parseTrustedProxies(text: string): TrustedProxies | undefined {
  if (/^\d+$/.test(text.trim())) {
    const hops = Number(text);
    return hops >= 1 && hops <= MOST_HOPS ? hops : undefined;
  }
  const ranges = text.split(",").map((range) => parseRange(range.trim()));
  return ranges.every((range) => range !== undefined) ? ranges : undefined;
}

function parseRange(text: string): IpRange | undefined {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  const address = parseAddress(text);
  return address && [address, address.kind() === "ipv6" ? 128 : 32];
}

/** As a proxy writes it: with or without a port, IPv6 in brackets or not, IPv4 written as IPv6. */
export function parseAddress(text: string): Address | undefined {
  const bare = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(text)?.[1] ?? /^([\d.]+):\d{1,5}$/.exec(text)?.[1] ?? text;
  const isWhole = ipaddr.IPv4.isValidFourPartDecimal(bare) || ipaddr.IPv6.isValid(bare);
  return isWhole ? ipaddr.process(bare) : undefined;
}
