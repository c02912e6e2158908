import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  ALFA,
  alfaOrder,
  at,
  type TestContext,
  INDODANA,
  indodanaOrder,
  hasValidSignature,
  newInvoice,
  setupTestContext,
} from "../testing";

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

const TARGET = "/api/doku/notifications";
const arm = (fault: object) => context.control("POST", "faults", { times: 1, ...fault });
const flip = (switches: object) => context.control("POST", "switches", switches);
const bodies = (): unknown[] => context.merchant.deliveries.map((delivery) => JSON.parse(delivery.body));
const ids = () => context.merchant.deliveries.map((delivery) => delivery.headers["request-id"]);
const forward = (minutes: number) => context.control("POST", "clock", { forwardSeconds: minutes * 60 });

async function payAlfa(invoice = newInvoice()) {
  const created = await context.post(ALFA, alfaOrder({ invoice }), { requestId: `create-${invoice}` });
  const code = at(created.json, "online_to_offline_info.payment_code");
  return context.control("POST", "till/pay?wait=1", { code, storeId: "S9", transactionId: "1246" });
}
const isDeliverySigned = (index: number) => {
  const { headers, body } = context.merchant.deliveries[index] ?? { headers: {}, body: "" };
  return hasValidSignature(headers, { label: "Request-Timestamp", target: TARGET, body });
};

describe("a notification under a fault", () => {
  test("late: delivers the notification when the simulator's clock reaches its time", async () => {
    await arm({ kind: "late", ms: 600_000 });
    const created = await context.post(ALFA, alfaOrder());
    const code = at(created.json, "online_to_offline_info.payment_code");
    const paid = await context.control("POST", "till/pay?wait=1", { code });
    expect([at(paid.json, "notification.state"), at(paid.json, "notification.attempts")]).toEqual([
      "waiting",
      [],
    ]);
    await forward(9);
    expect(context.merchant.deliveries).toHaveLength(0);
    await forward(2);
    expect(context.merchant.deliveries).toHaveLength(1);
  });

  test("twice and three_times_at_once: deliver the same message two and three times", async () => {
    await arm({ kind: "twice" });
    await payAlfa();
    expect(context.merchant.deliveries).toHaveLength(2);
    await arm({ kind: "three_times_at_once" });
    await payAlfa();
    expect(context.merchant.deliveries).toHaveLength(5);
    expect(new Set(context.merchant.deliveries.map((delivery) => delivery.body)).size).toBe(2);
    expect(at((await context.control("GET", "ledger")).json, "payments")).toHaveLength(2);
  });

  test("out_of_order: delivers an older FAILED after the SUCCESS", async () => {
    await arm({ kind: "out_of_order" });
    await payAlfa();
    await expect.poll(() => context.merchant.deliveries.length).toBe(2);
    expect(bodies().map((body) => at(body, "transaction.status"))).toEqual(["SUCCESS", "FAILED"]);
    const [success, failed] = bodies().map((body) => Date.parse(String(at(body, "transaction.date"))));
    expect(failed).toBeLessThan(success ?? 0);
  });

  test("out_of_order: holds back Indodana's FAILED until its SUCCESS was delivered", async () => {
    const invoice = newInvoice();
    await context.post(INDODANA, indodanaOrder(invoice));
    await arm({ kind: "out_of_order" });
    await context.control("POST", `indodana/${invoice}/refuse?wait=1`);
    expect(context.merchant.deliveries).toHaveLength(0);
    await context.control("POST", `indodana/${invoice}/approve?wait=1`);
    await expect.poll(() => context.merchant.deliveries.length).toBe(2);
    expect(bodies().map((body) => at(body, "transaction.status"))).toEqual(["SUCCESS", "FAILED"]);
  });

  test("wrong_amount: names another amount than the ledger", async () => {
    await arm({ kind: "wrong_amount", delta: -1 });
    await payAlfa();
    await arm({ kind: "wrong_amount", amount: 5 });
    await payAlfa();
    expect(bodies().map((body) => at(body, "order.amount"))).toEqual([149_999, 5]);
    const { json } = await context.control("GET", "ledger");
    expect([at(json, "payments.0.amount"), at(json, "payments.1.amount")]).toEqual([150_000, 150_000]);
  });

  test.each(["bad_signature", "tampered_body"])(
    "%s: the first message fails verification and its retry passes",
    async (kind) => {
      await arm({ kind });
      context.merchant.answer = () => ({
        status: isDeliverySigned(context.merchant.deliveries.length - 1) ? 200 : 401,
      });
      await payAlfa();
      await forward(31);
      expect([isDeliverySigned(0), isDeliverySigned(1)]).toEqual([false, true]);
    },
  );

  test("pretty_printed: sends other bytes with a valid signature", async () => {
    await arm({ kind: "pretty_printed" });
    await payAlfa();
    expect(context.merchant.deliveries[0]?.body).toContain("\n  ");
    expect(isDeliverySigned(0)).toBe(true);
  });

  test("never: loses deliveries and retries them, unless it is for ever", async () => {
    await arm({ kind: "never" });
    const lost = await payAlfa();
    expect(at(lost.json, "notification.attempts.0.error")).toBe("lost on the way");
    await forward(31);
    expect(context.merchant.deliveries).toHaveLength(1);
    await arm({ kind: "never", forever: true });
    const dropped = await payAlfa();
    expect(at(dropped.json, "notification.state")).toBe("dropped");
    await forward(24 * 60);
    expect(context.merchant.deliveries).toHaveLength(1);
  });

  test("new_request_id_each_time: gives every copy its own Request-Id", async () => {
    await arm({ kind: "new_request_id_each_time", times: 2 });
    await arm({ kind: "twice" });
    await payAlfa();
    expect(new Set(ids()).size).toBe(2);
  });
});

describe("notification switches", () => {
  test("switches change the format of the amount, the spelling of the identifier and the ids", async () => {
    await flip({ notification_amount: "decimal_number", identifier_misspelt: true, notification_ids: false });
    await payAlfa();
    expect(context.merchant.deliveries[0]?.body).toContain('"amount":150000.00}');
    expect(context.merchant.deliveries[0]?.body).toContain('"identifer":[');
    expect(at(bodies(), "0.service")).toBeUndefined();
    expect(isDeliverySigned(0)).toBe(true);
  });
});

describe("POST notifications/send", () => {
  const send = (request: object) => context.control("POST", "notifications/send", request);

  test("sends copies of a real notification at once and leaves the ledger unchanged", async () => {
    await payAlfa("INV-R");
    const { json } = await send({ invoice: "INV-R", copies: 5, concurrently: true });
    expect(at(json, "deliveries")).toHaveLength(5);
    expect(context.merchant.deliveries).toHaveLength(6);
    expect(new Set(ids()).size).toBe(1);
    expect(at((await context.control("GET", "ledger")).json, "payments")).toHaveLength(1);
  });

  test("sends forged amounts, statuses, keys, bytes, headers and invoices", async () => {
    await payAlfa("INV-F");
    await send({ invoice: "INV-F", amount: 1, status: "FAILED", newRequestId: true });
    await send({ invoice: "INV-F", badSignature: true });
    await send({ invoice: "INV-F", pretty: true });
    await send({ invoice: "INV-UNKNOWN", channel: "indomaret", withoutHeaders: ["Signature"] });
    await send({ invoice: "INV-F", body: "not json" });
    expect(at(JSON.parse(context.merchant.deliveries[1]?.body ?? ""), "order.amount")).toBe(1);
    expect([1, 2, 3, 4, 5].map(isDeliverySigned)).toEqual([true, false, true, false, true]);
    expect(at(JSON.parse(context.merchant.deliveries[4]?.body ?? ""), "channel.id")).toBe(
      "ONLINE_TO_OFFLINE_INDOMARET",
    );
    expect(context.merchant.deliveries[5]?.body).toBe("not json");
  });
});
