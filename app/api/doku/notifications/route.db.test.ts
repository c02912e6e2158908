import { describe, expect, test, vi } from "vitest";
import { onPostgres } from "@/test/database/database";
import { allowCommit, clearAtCommit, failAtCommit, holdCommit } from "@/test/database/at-commit";
import { aPayment, notificationBody } from "@/test/context";
import { setupTestContext, database, context } from "@/test/setup-context";
import { serveTestContext, signedRequest, unendingBody } from "@/test/doku-request";
import { rewrittenBodies } from "@/test/rewritten-bodies";
import { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } from "./route";

setupTestContext();
serveTestContext();

const path = "/api/doku/notifications";
const notify = (...[body, change]: [string | Uint8Array, Parameters<typeof signedRequest>[2]?]) =>
  POST(signedRequest(path, body, change));
const saved = () => database.db.query.notifications.findMany();
const counted = () => database.db.query.unsignedMessages.findMany();

describe("POST /api/doku/notifications with a signed notification", () => {
  test("answers 200 to an applied notification, and forbids caches and proxies to change the answer", async () => {
    const payment = await aPayment(context);
    const response = await notify(notificationBody(payment));
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('{"result":"received"}');
    expect(Object.fromEntries(response.headers)).toEqual({
      "content-type": "application/json",
      "cache-control": "no-store, no-transform",
    });
    expect(await saved()).toMatchObject([{ verdict: "applied", paymentId: payment.id }]);
  });

  test.each(Object.entries(rewrittenBodies))(
    "verifies and stores exactly the bytes that were sent: %s",
    async (_, rewrite) => {
      const bytes = rewrite(notificationBody(await aPayment(context)));
      expect((await notify(bytes)).status).toBe(200);
      const [delivery] = await saved();
      expect(delivery?.verifiedBy).toBe("current");
      expect(Buffer.from(delivery?.body ?? []).equals(Buffer.from(bytes))).toBe(true);
    },
  );

  test.each(Object.entries(rewrittenBodies))(
    "rejects a notification whose body was rewritten after it was signed: %s",
    async (_, rewrite) => {
      const json = notificationBody(await aPayment(context));
      const response = await notify(json, { sent: Buffer.from(rewrite(json)) });
      expect([response.status, await response.text()]).toEqual([401, '{"result":"not verified"}']);
      expect(await saved()).toEqual([]);
      expect(await counted()).toMatchObject([{ target: "notifications", reason: "bad_signature" }]);
    },
  );

  test.each(["Client-Id", "Request-Id", "Request-Timestamp", "Signature"])(
    "rejects a notification with two %s headers",
    async (name) => {
      const json = notificationBody(await aPayment(context));
      expect((await notify(json, { headers: [[name, "another"]] })).status).toBe(401);
      expect(await saved()).toEqual([]);
      expect(await counted()).toMatchObject([{ reason: "repeated_header" }]);
    },
  );
});

describe("the answer to a notification", () => {
  clearAtCommit();

  test.runIf(onPostgres)("answers only after the commit, however long it takes", async () => {
    const json = notificationBody(await aPayment(context));
    const commit = await holdCommit("notifications");
    let response: Response | undefined;
    const answered = notify(json).then((answer) => (response = answer));
    await commit.waitUntilHeld();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(response).toBeUndefined();
    expect(await saved()).toEqual([]);
    await commit.release();
    expect((await answered).status).toBe(200);
    expect(await saved()).toHaveLength(1);
  });

  test("answers 503 when the database cannot write at the commit, and accepts DOKU's next attempt", async () => {
    const json = notificationBody(await aPayment(context));
    await failAtCommit("notifications");
    const response = await notify(json);
    expect([response.status, await response.text()]).toEqual([503, '{"result":"try again"}']);
    expect(await saved()).toEqual([]);
    await allowCommit();
    expect((await notify(json)).status).toBe(200);
    expect(await saved()).toMatchObject([{ verdict: "applied" }]);
  });

  test("answers 503 while the database cannot be opened", async () => {
    const json = notificationBody(await aPayment(context));
    const refused = Object.assign(new Error("no database"), { code: "ECONNREFUSED" });
    globalThis.kodeBayarRuntime = Promise.reject(refused);
    expect((await notify(json)).status).toBe(503);
  });
});

describe("POST /api/doku/notifications with an incomplete request", () => {
  const tooLarge = Buffer.alloc(64 * 1024 + 1, " ");

  test("answers 413 to a body that is too large and closes the connection, with or without a content-length", async () => {
    for (const headers of [[], [["content-length", String(tooLarge.length)]]] as [string, string][][]) {
      const response = await notify(tooLarge, { headers });
      expect(response.status).toBe(413);
      expect(response.headers.get("connection")).toBe("close");
      expect(await response.text()).toBe('{"result":"too_large"}');
    }
    expect(await saved()).toEqual([]);
  });

  test("reads a body of 64 KiB as a whole", async () => {
    const json = notificationBody(await aPayment(context)).padEnd(64 * 1024);
    expect((await notify(json)).status).toBe(200);
  });

  test("answers 400 and closes the connection when the body is not complete after ten seconds", async () => {
    const json = notificationBody(await aPayment(context));
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const answered = notify(json, { sent: unendingBody(Buffer.from(json.slice(0, 20))) });
      let settled = false;
      void answered.then(() => (settled = true));
      await vi.advanceTimersByTimeAsync(9_999);
      expect(settled).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      const response = await answered;
      expect([response.status, response.headers.get("connection")]).toEqual([400, "close"]);
    } finally {
      vi.useRealTimers();
    }
    expect(await saved()).toEqual([]);
  });

  test.each(Object.entries({ DELETE, GET, HEAD, OPTIONS, PATCH, PUT }))(
    "answers 405 to the method %s",
    async (_method, refuse) => {
      const response = refuse();
      expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
      expect(await response.text()).toBe('{"result":"only POST"}');
    },
  );
});
