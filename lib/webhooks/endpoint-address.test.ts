import { describe, expect, test } from "vitest";
import { hostileUrls } from "@/test/hostile-urls";
import { parseEndpointAddress } from "./endpoint-address";

describe("the address of a webhook endpoint", () => {
  test.each([
    "https://shop.example.com/hooks",
    "https://shop.example.com:8443/hooks?a=b",
    "https://8.8.8.8/h",
  ])("%s is taken in production", (text) => {
    expect(parseEndpointAddress(text, true)).toEqual({ url: new URL(text) });
  });

  test.each([
    ["shop.example.com", "not_an_address"],
    ["ftp://shop.example.com/", "not_an_address"],
    ["https://user:pass@shop.example.com/", "not_an_address"],
    ["https://shop.example.com/#part", "not_an_address"],
    ["http://shop.example.com/", "needs_https"],
    ["https://localhost/", "private_network"],
    ["https://db/", "private_network"],
    ["https://printer.local/", "private_network"],
    ["https://10.0.0.1/", "private_network"],
    ["https://169.254.169.254/latest", "private_network"],
    ["https://2130706433/", "private_network"],
  ])("%s is refused in production: %s", (text, fault) => {
    expect(parseEndpointAddress(text, true)).toEqual({ fault });
  });

  test("a shop on this machine is taken outside production", () => {
    expect(parseEndpointAddress("http://localhost:3000/hooks", false)).toHaveProperty("url");
  });

  test("an address that two parsers read differently is refused", () => {
    const taken = hostileUrls("shop.example.com").filter((text) => {
      const parsed = parseEndpointAddress(text, true);
      return "url" in parsed && !/^[a-z0-9.-]+$/.test(parsed.url.hostname);
    });
    expect(taken).toEqual([]);
  });
});
