import { NextRequest } from "next/server";
import { unstable_doesMiddlewareMatch as doesProxyMatch } from "next/experimental/testing/server";
import { afterEach, describe, expect, test } from "vitest";
import { parseSettings } from "./lib/server/env/settings";
import { config, proxy } from "./proxy";

function serveWith(notificationPath: string): void {
  const read = parseSettings({ DOKU_NOTIFICATION_URL: `https://shop.example${notificationPath}` });
  if (read.outcome === "wrong") throw new Error(read.problems.join("\n"));
  globalThis.kodeBayarSettings = read.settings;
}
afterEach(() => void (globalThis.kodeBayarSettings = undefined));

const headers = { "client-id": "MCH-0001", signature: "HMACSHA256=x" };
const respond = (path: string, method: string) =>
  proxy(new NextRequest(`https://shop.example${path}`, { method }));

describe.each(["/hooks/doku/", "/hooks/doku"])(
  "with the notification path %s in the settings",
  (configured) => {
    test.each(["/hooks/doku/", "/hooks/doku"])("lets DOKU's message to %s pass untouched", (path) => {
      serveWith(configured);
      expect(doesProxyMatch({ config, nextConfig: {}, url: path, headers })).toBe(false);
    });

    test.each(["/hooks/doku/", "/hooks/doku"])(
      "redirects no POST to %s, also one without DOKU's headers",
      (path) => {
        serveWith(configured);
        expect(doesProxyMatch({ config, nextConfig: {}, url: path, headers: {} })).toBe(true);
        const response = respond(path, "POST");
        expect([response.status, response.headers.get("location")]).toEqual([200, null]);
      },
    );
  },
);

test("tells the pages of an order whose they are, whatever the client said, and no other page", () => {
  serveWith("/hooks/doku/");
  const tell = (path: string) => {
    const request = new NextRequest(`https://shop.example${path}`, { headers: { "x-order-id": "forged" } });
    return proxy(request).headers.get("x-middleware-request-x-order-id");
  };
  expect(["/checkout/abc", "/pay/abc", "/pay/abc/return", "/", "/dashboard/orders/abc"].map(tell)).toEqual([
    ...["abc", "abc", "abc", "", ""],
  ]);
});

test("redirects pages with a slash at the end", () => {
  serveWith("/hooks/doku/");
  const response = respond("/sign-in/?a=b", "GET");
  expect([response.status, response.headers.get("location")]).toEqual([
    308,
    "https://shop.example/sign-in?a=b",
  ]);
});
