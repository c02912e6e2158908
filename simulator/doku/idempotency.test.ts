import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ALFA, alfaOrder, at, type TestContext, sample, setupTestContext } from "../testing";

let context: TestContext;
beforeAll(async () => {
  context = await setupTestContext();
});
afterAll(() => context.close());
beforeEach(() => context.control("POST", "reset"));

const codes = async () => Object(at((await context.control("GET", "codes")).json, "codes"));

describe("a request under the same Request-Id", () => {
  test("answers a repeated request with 409 and the first body, and creates no second code", async () => {
    const body = alfaOrder();
    const first = await context.post(ALFA, body, { requestId: "same" });
    const again = await context.post(ALFA, body, { requestId: "same", timestamp: "2026-01-01T00:00:00Z" });
    expect([first.status, again.status]).toEqual([200, 409]);
    expect(again.text).toBe(first.text);
    expect(again.headers.get("signature")).toMatch(/^HMACSHA256=/);
    expect(await codes()).toHaveLength(1);
  });

  test("creates one code for many simultaneous requests with the same Request-Id", async () => {
    const body = alfaOrder();
    const all = await Promise.all(
      Array.from({ length: 20 }, () => context.post(ALFA, body, { requestId: "same" })),
    );
    expect(all.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect(new Set(all.map((answer) => answer.text)).size).toBe(1);
    expect(await codes()).toHaveLength(1);
  });

  test("refuses other bytes under the same Request-Id", async () => {
    const body = alfaOrder();
    await context.post(ALFA, body, { requestId: "same" });
    const other = await context.post(ALFA, JSON.stringify(body, undefined, 1), { requestId: "same" });
    expect([other.status, other.json]).toEqual([409, sample("error.idempotency_different_body")]);
  });

  test("replays with 200, or compares the timestamp, as the switches say", async () => {
    const body = alfaOrder();
    const sent = { requestId: "same", timestamp: "2026-01-01T00:00:00Z" };
    await context.post(ALFA, body, sent);
    await context.control("POST", "switches", { replay_status: "200", replay_needs_same_timestamp: true });
    expect((await context.post(ALFA, body, sent)).status).toBe(200);
    expect((await context.post(ALFA, body, { requestId: "same" })).status).toBe(409);
  });

  test("replays a refusal, or handles the request again, as the switch says", async () => {
    const body = alfaOrder();
    await context.control("POST", "faults", { kind: "refuse", times: 1, message: "No" });
    expect((await context.post(ALFA, body, { requestId: "same" })).status).toBe(400);
    const replayed = await context.post(ALFA, body, { requestId: "same" });
    expect([replayed.status, at(replayed.json, "error.message")]).toEqual([409, "No"]);
    await context.control("POST", "switches", { replay_4xx: false });
    expect((await context.post(ALFA, body, { requestId: "same" })).status).toBe(200);
  });

  test("handles a request again after a 5xx and after the Request-Id was forgotten", async () => {
    const body = alfaOrder();
    for (const fault of [{ kind: "http_500" }, { kind: "refuse", status: 500 }]) {
      await context.control("POST", "faults", { ...fault, times: 1 });
      expect((await context.post(ALFA, body, { requestId: "same" })).status).toBe(500);
    }
    expect((await context.post(ALFA, body, { requestId: "same" })).status).toBe(200);
    await context.control("POST", "switches", { request_ids_kept_seconds: 60 });
    await context.control("POST", "clock", { forwardSeconds: 120 });
    const late = await context.post(ALFA, body, { requestId: "same" });
    expect([late.status, late.json]).toEqual([400, sample("error.duplicate_invoice")]);
  });

  test("does not store the response to a request with a bad signature", async () => {
    const body = alfaOrder();
    await context.post(ALFA, body, { requestId: "same", secret: "SK-other" });
    expect((await context.post(ALFA, body, { requestId: "same" })).status).toBe(200);
  });
});

describe("a known invoice under a new Request-Id", () => {
  test("refuses a known invoice under a new Request-Id", async () => {
    const body = alfaOrder();
    await context.post(ALFA, body);
    const again = await context.post(ALFA, body);
    expect([again.status, again.json]).toEqual([400, sample("error.duplicate_invoice")]);
  });

  test("answers a known invoice under a new Request-Id as the switch says", async () => {
    const body = alfaOrder();
    const first = await context.post(ALFA, body);
    await context.control("POST", "switches", { duplicate_invoice: "first_answer_200" });
    expect((await context.post(ALFA, body)).text).toBe(first.text);
    await context.control("POST", "switches", { duplicate_invoice: "refuse_409" });
    expect((await context.post(ALFA, body)).status).toBe(409);
  });
});
