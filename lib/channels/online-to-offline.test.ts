import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InvoiceNumber } from "../payment/invoice-number";
import { Rupiah } from "../payment/rupiah";
import { alfa } from "./alfa";
import alfaSample from "@/test/fixtures/doku/alfa.dgpc.create.request.json";
import bodies from "@/test/fixtures/doku/request-bodies.json";
import { indomaret } from "./indomaret";
import { requestLike } from "@/test/sample-request";

const alfaRequest = requestLike({
  invoiceNumber: InvoiceNumber.parse("INV-20210124-0001"),
  amount: Rupiah.parse(150_000),
  contact: { name: "Anton Budiman", email: "anton@example.com", phone: "" },
});
const item = (name: string) => ({
  id: "1",
  name,
  price: Rupiah.parse(150_000),
  quantity: 1,
  category: "",
  url: "",
});
const indomaretRequest = requestLike({
  invoiceNumber: InvoiceNumber.parse("INV-2021002-0001"),
  amount: Rupiah.parse(150_000),
  merchantName: "Thanks for shopping",
  contact: { name: "Taufik Ismail", email: "taufik@example.com", phone: "" },
  items: [item("ORDER 001")],
});

describe("the request for a code", () => {
  test("has the members of DOKU's sample at Alfa, and as compact JSON its exact bytes", () => {
    expect(alfa.toRequestBody(alfaRequest)).toEqual(alfaSample);
    expect(JSON.stringify(alfa.toRequestBody(alfaRequest))).toBe(bodies["req-alfa-create-compact"]);
  });

  test("has the exact bytes of the signature vector at Indomaret", () => {
    expect(JSON.stringify(indomaret.toRequestBody(indomaretRequest))).toBe(bodies["req-indomaret-create"]);
  });

  test.each([alfa, indomaret])(
    "sends an override notification URL to $label only when settings have one",
    (channel) => {
      expect(channel.toRequestBody(alfaRequest)).not.toHaveProperty("additional_info");
      const overrideNotificationUrl = "https://another.example.com/payments/notifications";
      expect(channel.toRequestBody({ ...alfaRequest, overrideNotificationUrl })).toHaveProperty(
        "additional_info",
        {
          override_notification_url: overrideNotificationUrl,
        },
      );
    },
  );

  test.each([alfa, indomaret])(
    "sends $label only characters that a till prints, within its length",
    (channel) => {
      const text = fc.string({ maxLength: 200, unit: "grapheme" });
      fc.assert(
        fc.property(text, text, text, (merchantName, name, product) => {
          const contact = { name, email: "", phone: "" };
          const request = requestLike({ merchantName, contact, items: [item(product), item("x")] });
          const json = JSON.stringify(channel.toRequestBody(request));
          expect(json).toMatch(/^[\x20-\x7e]+$/);
          const { online_to_offline_info, customer, indomaret_info } = JSON.parse(json);
          expect((online_to_offline_info.info ?? "x").length).toBeGreaterThan(0);
          expect((online_to_offline_info.info ?? "").length).toBeLessThanOrEqual(30);
          expect(customer.name.length).toBeGreaterThan(0);
          expect(customer.name.length).toBeLessThanOrEqual(40);
          expect((indomaret_info?.receipt.description ?? "").length).toBeLessThanOrEqual(40);
        }),
      );
    },
  );

  test("cuts long texts at the shortest of DOKU's limits", () => {
    const contact = { name: "n".repeat(90), email: "", phone: "" };
    expect(alfa.toRequestBody(requestLike({ merchantName: "i".repeat(90), contact }))).toMatchObject({
      online_to_offline_info: { info: "i".repeat(30) },
      customer: { name: "n".repeat(40) },
    });
  });

  test("leaves out an empty e-mail, and throws on an invalid one", () => {
    const named = (email: string) => ({ ...alfaRequest, contact: { ...alfaRequest.contact, email } });
    expect(alfa.toRequestBody(named(""))).toHaveProperty("customer", { name: "Anton Budiman" });
    expect(() => alfa.toRequestBody(named(`${"a".repeat(120)}@example.com`))).toThrow();
    expect(() => alfa.toRequestBody(named("nobody"))).toThrow();
  });

  test("throws on minutes and amounts that exceed DOKU's fields", () => {
    for (const expiresInMinutes of [0, -1, 1.5, 100_000, Number.NaN]) {
      expect(() => alfa.toRequestBody({ ...alfaRequest, expiresInMinutes })).toThrow(RangeError);
    }
    expect(() => alfa.toRequestBody({ ...alfaRequest, amount: Rupiah.parse(10 ** 12) })).toThrow(RangeError);
    expect(alfa.toRequestBody({ ...alfaRequest, amount: Rupiah.parse(10 ** 12 - 1) })).toMatchObject({
      order: { amount: 999_999_999_999 },
    });
  });

  test.each([
    [["Kopi Gayo 250 g"], "Kopi Gayo 250 g"],
    [["Kopi Gayo 250 g", "Teh", "Gula"], "Kopi Gayo 250 g +2 lainnya"],
    [["K".repeat(60), "Teh"], `${"K".repeat(29)} +1 lainnya`],
    [["咖啡", "Teh"], "INV-2021002-0001"],
    [[], "INV-2021002-0001"],
  ])("describes %j on Indomaret's receipt", (names, description) => {
    expect(indomaret.toRequestBody({ ...indomaretRequest, items: names.map(item) })).toHaveProperty(
      "indomaret_info.receipt.description",
      description,
    );
  });
});
