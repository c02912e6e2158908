import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  ALFA,
  alfaOrder,
  at,
  type TestContext,
  INDODANA,
  indodanaOrder,
  hasValidSignature,
  setupTestContext,
} from "../testing";

let context: TestContext;
beforeAll(async () => {
  context = await setupTestContext();
});
afterAll(() => context.close());
beforeEach(async () => {
  context.merchant.deliveries.length = 0;
  await context.control("POST", "reset");
});

const arm = (fault: object) => context.control("POST", "faults", fault);
const codes = async (): Promise<unknown[]> =>
  Object(at((await context.control("GET", "codes")).json, "codes"));
const SAME = { requestId: "same" };

describe("faults before the request is handled", () => {
  test.each([
    ["http_500", 500],
    ["http_503", 503],
    ["http_429", 429],
    ["html_error", 502],
    ["conflict_other_body", 409],
    ["redirect", 302],
  ])("%s: answers %i, creates no code and accepts the retry", async (kind, status) => {
    const body = alfaOrder();
    await arm({ kind, times: 1 });
    expect((await context.post(ALFA, body, SAME)).status).toBe(status);
    expect(await codes()).toEqual([]);
    expect((await context.post(ALFA, body, SAME)).status).toBe(200);
  });

  test("cut_before: cuts the connection", async () => {
    await arm({ kind: "cut_before", times: 1 });
    await expect(context.post(ALFA, alfaOrder())).rejects.toThrow();
    expect(await codes()).toEqual([]);
  });

  test("refuse: answers with the given code, message and status", async () => {
    await arm({ kind: "refuse", times: 1, code: "merchant_not_active", message: "Not active", status: 403 });
    const answer = await context.post(ALFA, alfaOrder());
    expect([answer.status, at(answer.json, "error.code")]).toEqual([403, "merchant_not_active"]);
  });
});

describe("faults of the response", () => {
  test.each(["lost_answer", "timeout_after_commit"])(
    "%s: creates one code, which the retry returns",
    async (kind) => {
      const body = alfaOrder();
      await arm({ kind, times: 1 });
      const lost = context.post(ALFA, body, SAME);
      if (kind === "lost_answer") await expect(lost).rejects.toThrow();
      else
        expect(await Promise.race([lost, new Promise((done) => setTimeout(done, 150, "silence"))])).toBe(
          "silence",
        );
      expect(await codes()).toHaveLength(1);
      const again = await context.post(ALFA, body, SAME);
      expect(again.status).toBe(409);
      expect(at(again.json, "online_to_offline_info.payment_code")).toBe(at(await codes(), "0.code"));
      expect(await codes()).toHaveLength(1);
      lost.catch(() => {});
    },
  );

  test.each(["slow", "timeout_after_commit"])("%s: answers `ms` milliseconds later", async (kind) => {
    await arm({ kind, ms: 120, times: 1 });
    const started = performance.now();
    expect((await context.post(ALFA, alfaOrder())).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(110);
  });

  test("other_invoice, non_numeric_code and malformed_json: send one wrong response with a valid signature", async () => {
    const body = alfaOrder();
    await arm({ kind: "other_invoice", times: 1 });
    const other = await context.post(ALFA, body, SAME);
    expect(at(other.json, "order.invoice_number")).not.toBe(body.order.invoice_number);
    await arm({ kind: "non_numeric_code", times: 1 });
    const odd = await context.post(ALFA, body, SAME);
    expect(at(odd.json, "online_to_offline_info.payment_code")).toMatch(/[A-Z]/);
    await arm({ kind: "malformed_json", times: 1 });
    const half = await context.post(ALFA, body, SAME);
    expect(half.json).toBeUndefined();
    for (const { headers, text } of [other, odd, half]) {
      expect(hasValidSignature(headers, { label: "Response-Timestamp", target: ALFA, body: text })).toBe(
        true,
      );
    }
    const right = await context.post(ALFA, body, SAME);
    expect(at(right.json, "order.invoice_number")).toBe(body.order.invoice_number);
  });

  test("bad_response_signature and missing_response_signature: change only the signature", async () => {
    await arm({ kind: "bad_response_signature", times: 1 });
    const bad = await context.post(ALFA, alfaOrder());
    expect(bad.status).toBe(200);
    expect(
      hasValidSignature(bad.headers, { label: "Response-Timestamp", target: ALFA, body: bad.text }),
    ).toBe(false);
    await arm({ kind: "missing_response_signature", times: 1 });
    expect((await context.post(ALFA, alfaOrder())).headers.get("signature")).toBeNull();
  });
});

describe("faults of the result", () => {
  test("expires_in_seconds: changes the expiry of the code and of the response", async () => {
    await arm({ kind: "expires_in_seconds", seconds: 30, times: 1 });
    const answer = await context.post(ALFA, alfaOrder());
    const expires = Date.parse(String(at(answer.json, "online_to_offline_info.expired_date_utc")));
    expect(expires - Date.now()).toBeLessThan(31_000);
    await context.control("POST", "clock", { forwardSeconds: 31 });
    const code = at(answer.json, "online_to_offline_info.payment_code");
    expect(at((await context.control("POST", "till/pay", { code })).json, "because")).toBe("expired");
  });

  test("notify_before_answer: the notification is acknowledged before the create response is sent", async () => {
    await arm({ kind: "notify_before_answer", times: 2 });
    await context.post(ALFA, alfaOrder());
    expect(context.merchant.deliveries).toHaveLength(1);
    await context.post(INDODANA, indodanaOrder());
    expect(context.merchant.deliveries).toHaveLength(2);
    expect(at((await context.control("GET", "ledger")).json, "payments")).toHaveLength(2);
  });

  test("payment_failed: answers 200 with Indodana's FAILED", async () => {
    await arm({ kind: "payment_failed", times: 1 });
    const order = indodanaOrder();
    const answer = await context.post(INDODANA, order);
    expect([answer.status, at(answer.json, "payment.status"), at(answer.json, "payment.url")]).toEqual([
      200,
      "FAILED",
      "",
    ]);
    const status = await context.get(`/orders/v1/status/${order.order.invoice_number}`);
    expect(at(status.json, "transaction.status")).toBe("FAILED");
  });
});

describe("a fault", () => {
  test("a fault applies only to the customer, invoice or channel that it names", async () => {
    await arm({ kind: "http_500", customer: "andreas dharmawan" });
    await arm({ kind: "http_503", invoice: "INV-MARKED", channel: "alfa" });
    expect((await context.post(ALFA, alfaOrder())).status).toBe(200);
    expect((await context.post(INDODANA, indodanaOrder())).status).toBe(500);
    expect((await context.post(ALFA, alfaOrder({ invoice: "INV-MARKED" }))).status).toBe(503);
  });

  test("a fault applies `times` times, or until it is removed", async () => {
    await arm({ kind: "http_500", times: 2 });
    const seen = [];
    for (let call = 0; call < 3; call += 1) seen.push((await context.post(ALFA, alfaOrder())).status);
    expect(seen).toEqual([500, 500, 200]);
    const { json } = await arm({ kind: "http_503" });
    expect((await context.post(ALFA, alfaOrder())).status).toBe(503);
    await context.control("DELETE", `faults/${String(at(json, "fault.id"))}`);
    expect((await context.post(ALFA, alfaOrder())).status).toBe(200);
  });

  test("an unsigned call does not use up a fault", async () => {
    await arm({ kind: "http_500", times: 1 });
    expect((await context.post(ALFA, alfaOrder(), { secret: "SK-other" })).status).toBe(401);
    expect((await context.post(ALFA, alfaOrder())).status).toBe(500);
  });

  test("answers 400 to a fault of an unknown kind", async () => {
    expect((await arm({ kind: "earthquake" })).status).toBe(400);
  });
});

test("DOKU can be down by connection resets or by 503, and come back", async () => {
  await context.control("POST", "down", { mode: "reset" });
  await expect(context.post(ALFA, alfaOrder())).rejects.toThrow();
  await expect(context.get("/orders/v1/status/INV-1")).rejects.toThrow();
  await context.control("POST", "down", { mode: "http_503" });
  expect((await context.post(ALFA, alfaOrder())).status).toBe(503);
  await context.control("POST", "down", { mode: "off" });
  expect((await context.post(ALFA, alfaOrder())).status).toBe(200);
});
