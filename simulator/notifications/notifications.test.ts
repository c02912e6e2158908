import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  ALFA,
  alfaOrder,
  at,
  type TestContext,
  INDODANA,
  indodanaOrder,
  INDOMARET,
  hasValidSignature,
  newInvoice,
  sample,
  toShape,
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

describe("a notification", () => {
  test("a notification of Alfa has the sample's shape and is signed for the path", async () => {
    const paid = await payAlfa("INV-A");
    expect(bodies().map(toShape)).toEqual([toShape(sample("alfa.notification.success"))]);
    expect(at(bodies(), "0.transaction.original_request_id")).toBe("create-INV-A");
    expect(at(bodies(), "0.online_to_offline_payment.identifier")).toEqual([
      { name: "AGENT_ID", value: "ALFAMART" },
      { name: "AGENT_STORE_ID", value: "S9" },
      { name: "AGENT_TRX_ID", value: "1246" },
    ]);
    expect(isDeliverySigned(0)).toBe(true);
    expect(Object.keys(context.merchant.deliveries[0]?.headers ?? {})).not.toContain("digest");
    expect(at(paid.json, "notification.state")).toBe("acknowledged");
    expect(at(paid.json, "receipt.transactionId")).toBe("1246");
  });

  test("notifications of Indomaret and Indodana have their samples' shapes", async () => {
    const created = await context.post(INDOMARET, sample("indomaret.create.request"));
    const code = at(created.json, "online_to_offline_info.payment_code");
    await context.control("POST", "till/pay?wait=1", { code });
    const invoice = newInvoice();
    await context.post(INDODANA, indodanaOrder(invoice));
    await context.control("POST", `indodana/${invoice}/refuse?wait=1`);
    await context.control("POST", `indodana/${invoice}/approve?wait=1`);
    const names = [
      "indomaret.notification.success",
      "indodana.notification.failed",
      "indodana.notification.success",
    ];
    expect(bodies().map(toShape)).toEqual(names.map((name) => toShape(sample(name))));
  });

  test("a notification repeats additional_info, unless the switch is off", async () => {
    const insurance_info = { policy_number: "9090901234" };
    const body = () => alfaOrder({ extra: { additional_info: { insurance_info } } });
    for (const echo of [true, false]) {
      await flip({ notification_additional_info: echo });
      const created = await context.post(ALFA, body());
      const code = at(created.json, "online_to_offline_info.payment_code");
      await context.control("POST", "till/pay?wait=1", { code });
    }
    expect(bodies().map((one) => at(one, "additional_info"))).toEqual([{ insurance_info }, undefined]);
  });

  test("sends a notification to the override URL, signed for its path without the query", async () => {
    const url = `${context.merchant.url.replace("127.0.0.1", "localhost")}${TARGET}?shop=1`;
    const extra = { additional_info: { override_notification_url: url } };
    const created = await context.post(ALFA, alfaOrder({ extra }));
    expect(at(created.json, "additional_info.override_notification_url")).toBe(url);
    const code = at(created.json, "online_to_offline_info.payment_code");
    await context.control("POST", "till/pay?wait=1", { code });
    expect(context.merchant.deliveries[0]?.path).toBe(`${TARGET}?shop=1`);
    expect(context.merchant.deliveries[0]?.headers.host).toMatch(/^localhost:/);
    expect(isDeliverySigned(0)).toBe(true);
  });

  test("sends a notification to the configured URL when a bad override falls back", async () => {
    await flip({ bad_override: "fall_back" });
    const extra = { additional_info: { override_notification_url: "https://a.example.com/elsewhere" } };
    const created = await context.post(ALFA, alfaOrder({ extra }));
    expect(at(created.json, "additional_info")).toBeUndefined();
    const code = at(created.json, "online_to_offline_info.payment_code");
    await context.control("POST", "till/pay?wait=1", { code });
    expect(context.merchant.deliveries[0]?.path).toBe(TARGET);
  });
});

describe("retries", () => {
  test("retries 30 minutes, 6 hours and 12 hours after the first delivery, then stops", async () => {
    context.merchant.answer = () => ({ status: 500 });
    await payAlfa();
    const seen = [];
    for (const minutes of [29, 1.1, 328, 3, 357, 3, 3_000]) {
      await forward(minutes);
      seen.push(context.merchant.deliveries.length);
    }
    expect(seen).toEqual([1, 2, 2, 3, 3, 4, 4]);
    const { json } = await context.control("GET", "notifications");
    expect([at(json, "notifications.0.state"), at(json, "notifications.0.nextAttemptAt")]).toEqual([
      "given_up",
      null,
    ]);
    expect(new Set(ids()).size).toBe(1);
    const stamps = context.merchant.deliveries.map((delivery) => delivery.headers["request-timestamp"]);
    expect(new Set(stamps).size).toBe(4);
  });

  test("delivers all due retries after one jump of the clock, until the first 2xx", async () => {
    context.merchant.answer = () => ({ status: context.merchant.deliveries.length < 3 ? 503 : 202 });
    await payAlfa();
    await forward(24 * 60);
    expect(context.merchant.deliveries).toHaveLength(3);
  });

  test("retries after a time-out, a redirect and a failed connection, and does not follow redirects", async () => {
    await flip({ notification_timeout_ms: 80 });
    context.merchant.answer = () => ({ status: 200, afterMs: 400 });
    const slow = await payAlfa();
    expect(at(slow.json, "notification.attempts.0.error")).toBe("timeout");
    context.merchant.answer = () => ({
      status: 302,
      headers: { location: `${context.merchant.url}/elsewhere` },
    });
    const moved = await payAlfa();
    expect(at(moved.json, "notification.attempts.0.status")).toBe(302);
    expect(at(moved.json, "notification.nextAttemptAt")).not.toBeNull();
    expect(context.merchant.deliveries.map((delivery) => delivery.path)).not.toContain("/elsewhere");
  });

  test("switches decide the Request-Id, timestamp, identifiers and third delay of retries", async () => {
    await flip({
      retry_keeps_request_id: false,
      retry_refreshes_timestamp: false,
      retry_changes_identifiers: true,
      third_retry: "17h30",
    });
    context.merchant.answer = () => ({ status: 500 });
    await payAlfa();
    await forward(13 * 60);
    expect(context.merchant.deliveries).toHaveLength(3);
    await forward(5 * 60);
    expect(context.merchant.deliveries).toHaveLength(4);
    expect(new Set(ids()).size).toBe(4);
    const stamps = context.merchant.deliveries.map((delivery) => delivery.headers["request-timestamp"]);
    expect(new Set(stamps).size).toBe(1);
    const references = bodies().map((body) => at(body, "online_to_offline_payment.identifier.2.value"));
    expect(new Set(references).size).toBe(4);
  });

  test("a manual retry is sent at once with a new Request-Id, unless the switch keeps it", async () => {
    const paid = await payAlfa();
    const id = String(at(paid.json, "notification.id"));
    expect(at((await context.control("POST", `notifications/${id}/retry`)).json, "attempts.0.status")).toBe(
      200,
    );
    await flip({ manual_retry_new_request_id: false });
    await context.control("POST", `notifications/${id}/retry`);
    expect(new Set(ids()).size).toBe(2);
    expect(ids()[0]).toBe(ids()[2]);
    expect((await context.control("POST", "notifications/none/retry")).status).toBe(404);
  });
});
