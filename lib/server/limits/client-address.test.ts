import { describe, expect, test } from "vitest";
import { findClientAddress, toClientNetwork } from "./client-address";
import { parseTrustedProxies } from "./trusted-proxies";

const find = (forwarded: string, trusted = "1") => {
  const proxies = parseTrustedProxies(trusted);
  if (proxies === undefined) throw new Error(`${trusted} is no setting`);
  return findClientAddress(forwarded, proxies);
};

describe("findClientAddress", () => {
  test("takes the address that the nearest proxy wrote, whatever the client itself put before", () => {
    expect(find("203.0.113.7")).toBe("203.0.113.7");
    expect(find("198.51.100.1, 203.0.113.7")).toBe("203.0.113.7");
    expect(find("::ffff:203.0.113.7")).toBe("203.0.113.7");
    expect(find("")).toBe("unknown");
    expect(find("198.51.100.1, ")).toBe("unknown");
  });

  test("takes the address before as many proxies as the setting counts", () => {
    const forwarded = "10.9.9.9, 198.51.100.1, 172.68.0.9";
    expect(find(forwarded, "2")).toBe("198.51.100.1");
    expect(find("198.51.100.1", "2")).toBe("198.51.100.1");
  });

  test("skips the ranges of proxies that the setting names, from the end alone", () => {
    const proxies = "172.64.0.0/13, 2606:4700::/32, 10.0.0.7";
    expect(find("10.0.0.7, 198.51.100.1, 172.68.0.9, 10.0.0.7", proxies)).toBe("198.51.100.1");
    expect(find("198.51.100.1, 2606:4700:1::5", proxies)).toBe("198.51.100.1");
    expect(find("172.68.0.9", proxies)).toBe("172.68.0.9");
  });

  test.each(["203.0.113.7:4711", "[::ffff:203.0.113.7]:4711"])("drops the port of %s", (hop) => {
    expect(find(hop)).toBe("203.0.113.7");
  });

  test("drops the port and the brackets of an IPv6 address", () => {
    expect(find("[2001:db8:0:1::1]:443")).toBe("2001:db8:0:1::/64");
    expect(find("[2001:db8:0:1::1]")).toBe("2001:db8:0:1::/64");
  });

  test("counts all addresses of one IPv6 network as one client, however they are written", () => {
    const phone = [
      "2001:db8:0:1::1",
      "2001:DB8:0:1:ffff:ffff:ffff:ffff",
      "2001:0db8:0000:0001::",
      "2001:db8:0:1:2:3:192.0.2.1",
    ];
    expect(new Set(phone.map((address) => find(address)))).toEqual(new Set(["2001:db8:0:1::/64"]));
    expect(find("2001:db8:0:2::1")).not.toBe(find(phone[0] ?? ""));
    expect(find("2001:db8::1")).toBe("2001:db8:0:0::/64");
    expect(find("::1")).toBe("0:0:0:0::/64");
  });

  test("keeps what is no address short", () => {
    expect(find("x".repeat(10_000))).toHaveLength(45);
    expect(find("1.2")).toBe("1.2");
  });
});

test.each(["0", "11", "-1", "10.0.0.0/33", "10.0.0.0/8,", "proxy.example", "1.2"])(
  "parseTrustedProxies refuses %j",
  (text) => {
    expect(parseTrustedProxies(text)).toBeUndefined();
  },
);

test("a client's network is 256 addresses of IPv4, or the first half of an IPv6 address", () => {
  expect(toClientNetwork(find("203.0.113.7"))).toBe("203.0.113.0/24");
  expect(toClientNetwork(find("2001:db8:1:2:3:4:5:6"))).toBe("2001:db8:1:2::/64");
  expect(toClientNetwork("unknown")).toBe("unknown");
});
