import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  at,
  type TestContext,
  type Delivery,
  hasValidSignature,
  type MerchantAnswer,
  sample,
  setupTestContext,
} from "../testing";
import { defaultSettings } from "../default-settings";
import { computeDigest, sign } from "../wire/signature";

let context: TestContext;
beforeAll(async () => {
  context = await setupTestContext();
});
afterAll(() => context.close());
beforeEach(async () => {
  await context.control("POST", "reset");
  context.merchant.deliveries.length = 0;
  context.merchant.answer = () => ({ status: 200 });
});

const firstDelivery = (): Delivery => context.merchant.deliveries[0] ?? { path: "", headers: {}, body: "{}" };
const because = (answer: { json: unknown }) => at(answer.json, "because");
const ledger = async () => Object(at((await context.control("GET", "ledger")).json, "payments"));
const pay = (code: string, more: object = {}) =>
  context.control("POST", "till/pay?wait=1", { code, ...more });

describe("a direct inquiry", () => {
  const CODE = "8896512345678123";
  const TARGET = "/api/doku/inquiries";

  function answerAs(status: number, body: unknown, change: { target?: string; requestId?: string } = {}) {
    return (delivery: Delivery): MerchantAnswer => {
      if (delivery.path !== TARGET) return { status: 200 };
      const text = JSON.stringify(body);
      const parts = {
        clientId: defaultSettings.clientId,
        requestId: change.requestId ?? String(delivery.headers["request-id"]),
        timestamp: "2026-11-21T10:00:00Z",
      };
      const target = change.target ?? TARGET;
      const signed = { ...parts, label: "Response-Timestamp", target, digest: computeDigest(text) } as const;
      const headers = {
        "Client-Id": parts.clientId,
        "Request-Id": parts.requestId,
        "Response-Timestamp": parts.timestamp,
        Signature: sign(signed, defaultSettings.secretKey),
      };
      return { status, body: text, headers };
    };
  }
  const success = sample("alfa.dipc.inquiry.response.success");
  const ask = () => context.control("POST", "till/inquiry", { code: CODE });

  test("sends a signed inquiry like the sample, shows the bill, takes the payment and notifies the merchant", async () => {
    context.merchant.answer = answerAs(200, success);
    const bill = await ask();
    expect([at(bill.json, "bill.amount"), at(bill.json, "bill.feature")]).toEqual([150_000, "DIPC"]);
    expect(at(bill.json, "bill.insurance.policy_type")).toBe("Dana Pendidikan");
    const asked = firstDelivery();
    expect(Object.keys(JSON.parse(asked.body))).toEqual(Object.keys(sample("alfa.dipc.inquiry.request")));
    const facts = { label: "Request-Timestamp", target: TARGET, body: asked.body } as const;
    expect(hasValidSignature(asked.headers, facts)).toBe(true);

    await pay(CODE);
    expect(context.merchant.deliveries).toHaveLength(2);
    const notification: unknown = JSON.parse(context.merchant.deliveries[1]?.body ?? "");
    expect(Object.keys(Object(notification))).toEqual(
      Object.keys(sample("alfa.notification.dipc-insurance")),
    );
    expect(at(notification, "transaction.original_request_id")).toBe(asked.headers["request-id"]);
    const status = await context.get(`/orders/v1/status/${String(at(notification, "order.invoice_number"))}`);
    expect(at(status.json, "transaction.status")).toBe("SUCCESS");
  });

  test("a bill allows one payment; the next one needs a new inquiry", async () => {
    context.merchant.answer = answerAs(200, success);
    await ask();
    await pay(CODE);
    const paid = sample("error.internal");
    context.merchant.answer = answerAs(400, {
      ...paid,
      online_to_offline_inquiry: { status: "billing_already_paid" },
    });
    expect(because(await pay(CODE))).toBe("already_paid");
    expect(await ledger()).toHaveLength(1);
  });

  test.each([
    [400, "decline", "declined"],
    [400, "billing_already_paid", "already_paid"],
    [400, "billing_was_expired", "expired"],
    [404, "billing_not_found", "not_found"],
    [200, "billing_not_found", "merchant_answer_invalid"],
    [400, "success", "merchant_answer_invalid"],
    [200, "paid", "merchant_answer_invalid"],
  ])("the till turns the answer %i %s into %s", async (http, status, outcome) => {
    context.merchant.answer = answerAs(http, { ...success, online_to_offline_inquiry: { status } });
    expect(because(await ask())).toBe(outcome);
  });

  test.each([
    ["signed for another path", answerAs(200, success, { target: `${TARGET}/` })],
    ["for another request", answerAs(200, success, { requestId: "another" })],
    ["without a signature", () => ({ status: 200, body: JSON.stringify(success) })],
    [
      "for another code",
      answerAs(200, { ...success, online_to_offline_info: { payment_code: "8896510000000000" } }),
    ],
    ["with an amount as text", answerAs(200, { ...success, order: { invoice_number: "INV", amount: "1" } })],
  ])("rejects an answer %s", async (_what, answer) => {
    context.merchant.answer = answer;
    expect(because(await ask())).toBe("merchant_answer_invalid");
    expect((await pay(CODE)).status).toBe(409);
    expect(await ledger()).toHaveLength(0);
  });

  test("stops waiting for a merchant that does not answer", async () => {
    await context.control("POST", "switches", { inquiry_timeout_ms: 60 });
    context.merchant.answer = () => ({ status: 200, afterMs: 300 });
    expect(because(await ask())).toBe("merchant_unreachable");
  });

  test("sends the code as a number, or a bad signature, as the switch and the fault say", async () => {
    context.merchant.answer = answerAs(200, success);
    await context.control("POST", "switches", { inquiry_code_number: true });
    await context.control("POST", "faults", { kind: "inquiry_bad_signature", times: 1 });
    await ask();
    const asked = firstDelivery();
    expect(asked.body).toContain(`"payment_code":${CODE}}`);
    const facts = { label: "Request-Timestamp", target: TARGET, body: asked.body } as const;
    expect(hasValidSignature(asked.headers, facts)).toBe(false);
  });

  test("sends no inquiry for codes of other BINs or at Indomaret", async () => {
    expect(because(await context.control("POST", "till/inquiry", { code: "1234567890123456" }))).toBe(
      "not_found",
    );
    expect(because(await context.control("POST", "till/inquiry", { code: CODE, store: "indomaret" }))).toBe(
      "not_found",
    );
    expect(context.merchant.deliveries).toHaveLength(0);
  });
});
