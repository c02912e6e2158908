import { describe, expect, test } from "vitest";
import { aPayment, notificationBody } from "@/test/context";
import { setupTestContext, database, context } from "@/test/setup-context";
import { serveTestContext, signedRequest } from "@/test/doku-request";
import * as route from "./route";

setupTestContext();
serveTestContext({
  DOKU_NOTIFICATION_URL: "https://pay.example/doku/tell",
  DOKU_INQUIRY_URL: "https://pay.example/doku/ask/",
});

describe("a path of DOKU's messages that settings name", () => {
  test.each(["/doku/tell", "/doku/tell/", "/doku/tell?a=b"])(
    "accepts a notification that was signed for that path: %s",
    async (sentTo) => {
      const json = notificationBody(await aPayment(context));
      const url = `http://localhost:3000${sentTo}`;
      expect((await route.POST(signedRequest("/doku/tell", json, { url }))).status).toBe(200);
      expect(await database.db.query.notifications.findMany()).toMatchObject([{ verdict: "applied" }]);
    },
  );

  test("rejects a notification that was signed for the usual path", async () => {
    const json = notificationBody(await aPayment(context));
    const url = "http://localhost:3000/doku/tell";
    expect((await route.POST(signedRequest("/api/doku/notifications", json, { url }))).status).toBe(401);
  });

  test.each(["/doku/ask", "/doku/ask/"])("answers an inquiry at %s", async (sentTo) => {
    const response = await route.POST(
      signedRequest("/doku/ask/", "{}", { url: `http://localhost${sentTo}` }),
    );
    expect(response.headers.get("signature")).toMatch(/^HMACSHA256=/);
  });

  test("answers other methods as the usual path does", async () => {
    const look = async (path: string) => route.GET(new Request(`http://localhost${path}`)).text();
    expect(await look("/doku/tell")).toContain("only POST");
    expect(await look("/doku/ask")).toContain("online_to_offline_inquiry");
  });
});

describe.each([
  ["/hooks/doku/", "/hooks/doku"],
  ["/hooks/doku", "/hooks/doku/"],
])("the notification path %s in the settings", (configured, other) => {
  serveTestContext({ DOKU_NOTIFICATION_URL: `https://pay.example${configured}` });
  const post = async (signedFor: string, sentTo: string) => {
    const json = notificationBody(await aPayment(context));
    return (await route.POST(signedRequest(signedFor, json, { url: `http://localhost:3000${sentTo}` })))
      .status;
  };

  test("is signed exactly as it is written, and served with and without the slash", async () => {
    expect(await post(configured, configured)).toBe(200);
    expect(await post(configured, other)).toBe(200);
    expect(await post(other, configured)).toBe(401);
  });
});

test("tells the merchant of a message that DOKU signed for another path, and answers 404", async () => {
  expect((await route.POST(signedRequest("/", "{}"))).status).toBe(404);
  expect(await database.db.query.notifications.findMany()).toMatchObject([
    { verdict: "rejected", reason: "wrong_address", body: null, headers: { "Request-Target": "/" } },
  ]);
});

test("stores nothing of a message to another path whose signature is wrong", async () => {
  const url = "http://localhost:3000/";
  expect((await route.POST(signedRequest("/elsewhere", "{}", { url }))).status).toBe(404);
  expect(await database.db.query.notifications.findMany()).toEqual([]);
});

test.each(["/", "/doku", "/doku/tell/more", "/doku/TELL", "/api/doku", "/pay/x"])(
  "answers 404 at the other path %s",
  async (path) => {
    const request = signedRequest(path, "{}");
    expect((await route.POST(request)).status).toBe(404);
    expect(route.GET(request).status).toBe(404);
  },
);
