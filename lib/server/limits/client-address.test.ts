import { expect, test } from "vitest";
import { clientOf } from "./client-address";

const seenAs = (forwarded: string) => clientOf(new Headers({ "x-forwarded-for": forwarded }));

test("takes the address that the nearest proxy wrote, whatever the client sent", () => {
  expect(seenAs("203.0.113.7")).toBe("203.0.113.7");
  expect(seenAs("198.51.100.1, 203.0.113.7")).toBe("203.0.113.7");
  expect(seenAs("::ffff:203.0.113.7")).toBe("203.0.113.7");
  expect(clientOf(new Headers())).toBe("unknown");
  expect(seenAs("198.51.100.1, ")).toBe("unknown");
});

test("counts all addresses of one IPv6 network as one client, however they are written", () => {
  const phone = [
    "2001:db8:0:1::1",
    "2001:DB8:0:1:ffff:ffff:ffff:ffff",
    "2001:0db8:0000:0001::",
    "2001:db8:0:1:2:3:192.0.2.1",
  ];
  expect(new Set(phone.map(seenAs))).toEqual(new Set(["2001:db8:0:1::/64"]));
  expect(seenAs("2001:db8:0:2::1")).not.toBe(seenAs(phone[0] ?? ""));
  expect(seenAs("2001:db8::1")).toBe("2001:db8:0:0::/64");
  expect(seenAs("::1")).toBe("0:0:0:0::/64");
});

test("cuts a value that is no address", () => {
  expect(seenAs("x".repeat(10_000))).toHaveLength(45);
});
