import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  ALFA,
  alfaOrder,
  at,
  type Bench,
  INDODANA,
  indodanaOrder,
  isRightlySigned,
  startBench,
} from "../testing";

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  bench.merchant.deliveries.length = 0;
  await bench.control("POST", "reset");
});

const arm = (fault: object) => bench.control("POST", "faults", fault);
const codes = async (): Promise<unknown[]> => Object(at((await bench.control("GET", "codes")).json, "codes"));
const SAME = { requestId: "same" };

describe("a fault that strikes before anything happened", () => {
  test.each([
    ["http_500", 500],
    ["http_503", 503],
    ["http_429", 429],
    ["html_error", 502],
    ["conflict_other_body", 409],
    ["redirect", 302],
  ])("%s answers %i, makes no code, and lets the retry through", async (kind, status) => {
    const body = alfaOrder();
    await arm({ kind, times: 1 });
    expect((await bench.post(ALFA, body, SAME)).status).toBe(status);
    expect(await codes()).toEqual([]);
    expect((await bench.post(ALFA, body, SAME)).status).toBe(200);
  });

  test("cut_before cuts the connection", async () => {
    await arm({ kind: "cut_before", times: 1 });
    await expect(bench.post(ALFA, alfaOrder())).rejects.toThrow();
    expect(await codes()).toEqual([]);
  });

  test("refuse answers with the given words", async () => {
    await arm({ kind: "refuse", times: 1, code: "merchant_not_active", message: "Not active", status: 403 });
    const answer = await bench.post(ALFA, alfaOrder());
    expect([answer.status, at(answer.json, "error.code")]).toEqual([403, "merchant_not_active"]);
  });
});

describe("a fault that spoils the answer", () => {
  test.each(["lost_answer", "timeout_after_commit"])(
    "%s leaves one code, which the retry gets",
    async (kind) => {
      const body = alfaOrder();
      await arm({ kind, times: 1 });
      const lost = bench.post(ALFA, body, SAME);
      if (kind === "lost_answer") await expect(lost).rejects.toThrow();
      else
        expect(await Promise.race([lost, new Promise((done) => setTimeout(done, 150, "silence"))])).toBe(
          "silence",
        );
      expect(await codes()).toHaveLength(1);
      const again = await bench.post(ALFA, body, SAME);
      expect(again.status).toBe(409);
      expect(at(again.json, "online_to_offline_info.payment_code")).toBe(at(await codes(), "0.code"));
      expect(await codes()).toHaveLength(1);
      lost.catch(() => {});
    },
  );

  test.each(["slow", "timeout_after_commit"])("%s with ms answers that much later", async (kind) => {
    await arm({ kind, ms: 120, times: 1 });
    const started = performance.now();
    expect((await bench.post(ALFA, alfaOrder())).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(110);
  });

  test("other_invoice, non_numeric_code and malformed_json lie once, rightly signed", async () => {
    const body = alfaOrder();
    await arm({ kind: "other_invoice", times: 1 });
    const other = await bench.post(ALFA, body, SAME);
    expect(at(other.json, "order.invoice_number")).not.toBe(body.order.invoice_number);
    await arm({ kind: "non_numeric_code", times: 1 });
    const odd = await bench.post(ALFA, body, SAME);
    expect(at(odd.json, "online_to_offline_info.payment_code")).toMatch(/[A-Z]/);
    await arm({ kind: "malformed_json", times: 1 });
    const half = await bench.post(ALFA, body, SAME);
    expect(half.json).toBeUndefined();
    for (const { headers, text } of [other, odd, half]) {
      expect(isRightlySigned(headers, { label: "Response-Timestamp", target: ALFA, body: text })).toBe(true);
    }
    const right = await bench.post(ALFA, body, SAME);
    expect(at(right.json, "order.invoice_number")).toBe(body.order.invoice_number);
  });

  test("bad_response_signature and missing_response_signature spoil only the signature", async () => {
    await arm({ kind: "bad_response_signature", times: 1 });
    const bad = await bench.post(ALFA, alfaOrder());
    expect(bad.status).toBe(200);
    expect(isRightlySigned(bad.headers, { label: "Response-Timestamp", target: ALFA, body: bad.text })).toBe(
      false,
    );
    await arm({ kind: "missing_response_signature", times: 1 });
    expect((await bench.post(ALFA, alfaOrder())).headers.get("signature")).toBeNull();
  });
});

describe("a fault that changes what happens", () => {
  test("expires_in_seconds moves the real expiry and says so", async () => {
    await arm({ kind: "expires_in_seconds", seconds: 30, times: 1 });
    const answer = await bench.post(ALFA, alfaOrder());
    const expires = Date.parse(String(at(answer.json, "online_to_offline_info.expired_date_utc")));
    expect(expires - Date.now()).toBeLessThan(31_000);
    await bench.control("POST", "clock", { forwardSeconds: 31 });
    const code = at(answer.json, "online_to_offline_info.payment_code");
    expect(at((await bench.control("POST", "till/pay", { code })).json, "because")).toBe("expired");
  });

  test("notify_before_answer has the notification acknowledged before the create answer comes", async () => {
    await arm({ kind: "notify_before_answer", times: 2 });
    await bench.post(ALFA, alfaOrder());
    expect(bench.merchant.deliveries).toHaveLength(1);
    await bench.post(INDODANA, indodanaOrder());
    expect(bench.merchant.deliveries).toHaveLength(2);
    expect(at((await bench.control("GET", "ledger")).json, "payments")).toHaveLength(2);
  });

  test("payment_failed gives Indodana's FAILED inside a 200", async () => {
    await arm({ kind: "payment_failed", times: 1 });
    const order = indodanaOrder();
    const answer = await bench.post(INDODANA, order);
    expect([answer.status, at(answer.json, "payment.status"), at(answer.json, "payment.url")]).toEqual([
      200,
      "FAILED",
      "",
    ]);
    const status = await bench.get(`/orders/v1/status/${order.order.invoice_number}`);
    expect(at(status.json, "transaction.status")).toBe("FAILED");
  });
});

describe("a fault", () => {
  test("hits only whom it names: customer, invoice or channel", async () => {
    await arm({ kind: "http_500", customer: "andreas dharmawan" });
    await arm({ kind: "http_503", invoice: "INV-MARKED", channel: "alfa" });
    expect((await bench.post(ALFA, alfaOrder())).status).toBe(200);
    expect((await bench.post(INDODANA, indodanaOrder())).status).toBe(500);
    expect((await bench.post(ALFA, alfaOrder({ invoice: "INV-MARKED" }))).status).toBe(503);
  });

  test("lasts as often as it says, or until it is removed", async () => {
    await arm({ kind: "http_500", times: 2 });
    const seen = [];
    for (let call = 0; call < 3; call += 1) seen.push((await bench.post(ALFA, alfaOrder())).status);
    expect(seen).toEqual([500, 500, 200]);
    const { json } = await arm({ kind: "http_503" });
    expect((await bench.post(ALFA, alfaOrder())).status).toBe(503);
    await bench.control("DELETE", `faults/${String(at(json, "fault.id"))}`);
    expect((await bench.post(ALFA, alfaOrder())).status).toBe(200);
  });

  test("is not used up by an unsigned call", async () => {
    await arm({ kind: "http_500", times: 1 });
    expect((await bench.post(ALFA, alfaOrder(), { secret: "SK-other" })).status).toBe(401);
    expect((await bench.post(ALFA, alfaOrder())).status).toBe(500);
  });

  test("of an unknown kind is refused", async () => {
    expect((await arm({ kind: "earthquake" })).status).toBe(400);
  });
});

test("DOKU can be down by reset or by 503, and come back", async () => {
  await bench.control("POST", "down", { mode: "reset" });
  await expect(bench.post(ALFA, alfaOrder())).rejects.toThrow();
  await expect(bench.get("/orders/v1/status/INV-1")).rejects.toThrow();
  await bench.control("POST", "down", { mode: "http_503" });
  expect((await bench.post(ALFA, alfaOrder())).status).toBe(503);
  await bench.control("POST", "down", { mode: "off" });
  expect((await bench.post(ALFA, alfaOrder())).status).toBe(200);
});
