import { describe, expect, test, vi } from "vitest";
import { call, setupApiCalls } from "@/test/api-call";
import { deliver, newestPayment, notificationBody } from "@/test/context";
import { serveTestContext } from "@/test/doku-request";
import { context, setupTestContext } from "@/test/setup-context";
import { count } from "@/test/stored";
import { OrderId } from "@/lib/payment/order-id";
import * as bill from "./bills/[id]/route";
import * as bills from "./bills/route";
import * as topUpCode from "./top_up_codes/[id]/route";
import * as topUpCodes from "./top_up_codes/route";

vi.mock("next/headers", () => import("@/test/next-headers"));
setupTestContext();
serveTestContext();
setupApiCalls();

const one = {
  amount: 150_000,
  description: "Iuran November",
  customer: { name: "Sari", phone: "0812-3456-7890" },
  expires_at: "2026-12-31T17:00:00+07:00",
};

describe("bills of the API", () => {
  test("are made at once as JSON or JSON lines, listed, and found again by the same key", async () => {
    const headers = { "idempotency-key": "november" };
    const made = await call(bills.POST, { body: { bills: [one, { ...one, amount: 75_000 }] }, headers });
    expect(made.status).toBe(201);
    expect(made.json.data.map(({ amount }: { amount: number }) => amount)).toEqual([150_000, 75_000]);
    const again = await call(bills.POST, { body: { bills: [one, { ...one, amount: 75_000 }] }, headers });
    expect(again.json).toEqual(made.json);
    const lines = `${JSON.stringify(one)}\n${JSON.stringify(one)}\n`;
    const type = { "content-type": "application/x-ndjson" };
    expect((await call(bills.POST, { body: lines, headers: type })).json.data).toHaveLength(2);
    const page = await call(bills.GET, { query: "?limit=3&status=open" });
    expect([page.json.data.length, page.json.has_more]).toEqual([3, true]);
    const after = page.json.data[2].id;
    expect((await call(bills.GET, { query: `?limit=3&starting_after=${after}` })).json.data).toHaveLength(1);
    const { id } = made.json.data[0];
    expect((await call(bill.GET, { id })).json).toEqual(made.json.data[0]);
    expect((await call(bill.GET, { id: "bill_x" })).status).toBe(404);
  });

  test.each([
    ["an amount that no till takes", { ...one, amount: 1 }, "/bills/1/amount"],
    ["an unknown member", { ...one, ammount: 1 }, "/bills/1/ammount"],
    ["a name that is missing", { ...one, customer: {} }, "/bills/1/customer/name"],
    ["a time that has passed", { ...one, expires_at: "2020-01-01T00:00:00Z" }, "/bills/1/expires_at"],
    ["a code of another shop", { ...one, payment_code: "1234567890" }, "/bills/1/payment_code"],
  ])("with %s are not made, and the row is named", async (_name, wrong, pointer) => {
    const refused = await call(bills.POST, { body: { bills: [one, wrong] } });
    expect([refused.status, refused.json.code]).toEqual([400, "invalid_request"]);
    expect(refused.json.errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
    expect(await count("payments")).toBe(0);
  });

  test("are at most ten thousand in one call", async () => {
    const refused = await call(bills.POST, { body: { bills: Array.from({ length: 10_001 }, () => one) } });
    expect([refused.status, refused.json.errors[0].pointer]).toEqual([400, "/bills"]);
    const broken = await call(bills.POST, {
      body: "{]\n",
      headers: { "content-type": "application/x-ndjson" },
    });
    expect([broken.status, broken.json.code]).toEqual([400, "invalid_json"]);
    expect(await count("payments")).toBe(0);
  });
});

describe("top-up codes of the API", () => {
  const asked = {
    ...{ channel: "alfa", amount: 50_000, description: "Saldo", expires_in_minutes: 43_200 },
    customer: { name: "Sari" },
  };

  test("are made once, paid again and again, and say what came", async () => {
    const headers = { "idempotency-key": "sari" };
    const made = await call(topUpCodes.POST, { body: asked, headers });
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({ status: "awaiting_payment", received: 0, times_paid: 0 });
    expect((await call(topUpCodes.POST, { body: asked, headers })).json).toEqual(made.json);
    const orderId = OrderId.parse(made.json.checkout_session.slice(3));
    const payment = await newestPayment(context, orderId);
    for (const trx of ["1", "2"]) await deliver(context, notificationBody(payment, { trx }));
    const { id } = made.json;
    expect((await call(topUpCode.GET, { id })).json).toMatchObject({ received: 100_000, times_paid: 2 });
    expect((await call(topUpCodes.GET)).json.data).toMatchObject([{ id, received: 100_000 }]);
  });

  test("of a channel that has none are refused", async () => {
    const refused = await call(topUpCodes.POST, { body: { ...asked, channel: "indodana" } });
    expect([refused.status, refused.json.code]).toEqual([422, "not_switched_on"]);
  });
});
