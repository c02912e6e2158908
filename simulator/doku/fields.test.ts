import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  ALFA,
  alfaOrder,
  at,
  type TestContext,
  INDODANA,
  indodanaOrder,
  INDOMARET,
  newInvoice,
  sample,
  setupTestContext,
} from "../testing";

let context: TestContext;
beforeAll(async () => {
  context = await setupTestContext();
});
afterAll(() => context.close());
beforeEach(() => context.control("POST", "reset"));

describe("fields at Alfa", () => {
  test.each([
    ["order.invoice_number is mandatory", alfaOrder({ order: { invoice_number: undefined } })],
    ["order.invoice_number is too long", alfaOrder({ invoice: "A".repeat(65) })],
    ["order.amount is mandatory", alfaOrder({ order: { amount: undefined } })],
    ["order.amount is invalid", alfaOrder({ order: { amount: "150000" } })],
    ["order.amount is invalid", alfaOrder({ order: { amount: 1.5 } })],
    ["order.amount is too long", alfaOrder({ order: { amount: 1_000_000_000_000 } })],
    ["customer.name is mandatory", alfaOrder({ extra: { customer: {} } })],
    ["customer.name is too long", alfaOrder({ customer: "A".repeat(65) })],
    ["online_to_offline_info.info is too long", alfaOrder({ info: { info: "A".repeat(33) } })],
    ["online_to_offline_info.expired_time is too long", alfaOrder({ info: { expired_time: 100_000 } })],
    ["online_to_offline_info.reusable_status is invalid", alfaOrder({ info: { reusable_status: "maybe" } })],
    [
      "alfa_info.receipt.footer_message is too long",
      alfaOrder({ extra: { alfa_info: { receipt: { footer_message: "A".repeat(121) } } } }),
    ],
    [
      "additional_info.override_notification_url must have the path of the Notification URL",
      alfaOrder({
        extra: { additional_info: { override_notification_url: "https://a.example.com/elsewhere" } },
      }),
    ],
    [
      "additional_info.settlement is invalid",
      alfaOrder({
        extra: {
          additional_info: {
            settlement: [60, 41].map((value) => ({
              bank_account_settlement_id: "SBA",
              value,
              type: "PERCENTAGE",
            })),
          },
        },
      }),
    ],
  ])("refuses fields at Indodana: %s", async (message, body) => {
    const answer = await context.post(ALFA, body);
    expect([answer.status, at(answer.json, "error")]).toEqual([
      400,
      { code: "invalid_parameter", message, type: "invalid_request_error" },
    ]);
    expect(at((await context.control("GET", "state")).json, "codes")).toEqual([]);
  });

  test("accepts unknown fields at Alfa, or refuses them, as the switch says", async () => {
    const body = alfaOrder({ info: { colour: "red" } });
    await context.control("POST", "switches", { refuse_unknown_fields: true });
    expect((await context.post(ALFA, body)).json).toEqual(sample("error.invalid_json"));
    await context.control("POST", "switches", { refuse_unknown_fields: false });
    expect((await context.post(ALFA, body)).status).toBe(200);
  });
});

test("Indomaret requires a receipt description and accepts eight digits of minutes", async () => {
  const answer = await context.post(INDOMARET, alfaOrder());
  expect(at(answer.json, "error.message")).toBe("indomaret_info.receipt.description is mandatory");
  const extra = { indomaret_info: { receipt: { description: "ORDER 001" } } };
  expect(
    (await context.post(INDOMARET, alfaOrder({ info: { expired_time: 10_000_000 }, extra }))).status,
  ).toBe(200);
});

describe("fields at Indodana", () => {
  const change = (path: string, value: unknown) => {
    const body = indodanaOrder();
    const [block = "", field = ""] = path.split(".");
    return { ...body, [block]: { ...Object(at(body, block)), [field]: value } };
  };
  const item = { name: "Ayam", price: 50_000, quantity: 2, id: "1002", category: "food-and-beverage" };

  test.each([
    ["order.line_items do not add up to order.amount", change("order.amount", 100_001)],
    ["order.line_items is invalid", change("order.line_items", [])],
    [
      "order.line_items.0.category is invalid",
      change("order.line_items", [{ ...item, category: "ELECTRONIC" }]),
    ],
    ["order.line_items.0.price is invalid", change("order.line_items", [{ ...item, price: 50_000.001 }])],
    ["order.callback_url_cancel is mandatory", change("order.callback_url_cancel", undefined)],
    ["order.callback_url is invalid", change("order.callback_url", "https://a.example.com/#done")],
    ["customer.first_name is too long", change("customer.first_name", "A".repeat(17))],
    ["customer.phone is invalid", change("customer.phone", "+62811")],
    ["customer.email is too long", change("customer.email", `${"a".repeat(130)}@b.co`)],
    ["billing_address is mandatory", { ...indodanaOrder(), billing_address: undefined }],
    ["shipping_address.city is mandatory", change("shipping_address.city", "")],
    [
      "peer_to_peer_info.merchant_unique_reference is mandatory",
      change("peer_to_peer_info.merchant_unique_reference", ""),
    ],
  ])("are refused: %s", async (message, body) => {
    const answer = await context.post(INDODANA, body);
    expect([answer.status, at(answer.json, "error.message")]).toEqual([400, message]);
  });

  test("adds up Indodana's line items with decimals exactly", async () => {
    const items = [
      { ...item, price: 0.1, quantity: 3 },
      { ...item, price: 99_999.7, quantity: 1 },
    ];
    expect((await context.post(INDODANA, change("order.line_items", items))).status).toBe(200);
  });

  test("Indodana accepts an unknown category, a long e-mail address or a used reference, as the switches say", async () => {
    const odd = change("order.line_items", [{ ...item, category: "ELECTRONIC" }]);
    await context.control("POST", "switches", { unknown_categories: true, indodana_email_16: true });
    const answer = await context.post(INDODANA, odd);
    expect(at(answer.json, "error.message")).toBe("customer.email is too long");
    await context.control("POST", "switches", { indodana_email_16: false });
    expect((await context.post(INDODANA, odd)).status).toBe(200);
    const first = indodanaOrder();
    await context.post(INDODANA, first);
    const second = { ...first, order: { ...first.order, invoice_number: newInvoice() } };
    expect((await context.post(INDODANA, second)).status).toBe(409);
    await context.control("POST", "switches", { unique_reference_refused: false });
    expect((await context.post(INDODANA, { ...second, a: 1 })).status).toBe(200);
  });
});
