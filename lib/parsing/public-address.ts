import { BlockList, isIP } from "node:net";

/** IANA's special-purpose registry: this host, private, shared, loopback, link-local, documentation, multicast, reserved. */
const special4 = blocked("ipv4", [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
]);

/** Of IPv6 only global unicast is public at all; that leaves out loopback, local, and IPv4 in mapped or other dress. */
const global6 = blocked("ipv6", [["2000::", 3]]);
/** Within it: Teredo and its neighbours, documentation, and 6to4, which wraps an IPv4 address. */
const special6 = blocked("ipv6", [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
]);

/** Whether an IP address, v4 or v6, is one on the public internet. Anything that is no plain address is not. */
export function isPublicAddress(address: string): boolean {
  if (address.includes("%")) return false;
  switch (isIP(address)) {
    case 4:
      return !special4.check(address, "ipv4");
    case 6:
      return global6.check(address, "ipv6") && !special6.check(address, "ipv6");
    default:
      return false;
  }
}

function blocked(family: "ipv4" | "ipv6", subnets: [network: string, prefix: number][]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of subnets) list.addSubnet(network, prefix, family);
  return list;
}
