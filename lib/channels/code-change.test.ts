import { describe, expect, test } from "vitest";
import sample from "@/test/fixtures/doku/alfa.update.response.json";
import { InvoiceNumber } from "../payment/invoice-number";
import { PaymentCode } from "../payment/payment-code";
import { Rupiah } from "../payment/rupiah";
import { alfa } from "./alfa";
import type { CodeChange } from "./channel";

const change: CodeChange = {
  kind: "extend",
  invoiceNumber: InvoiceNumber.parse("INV-20210124-0001"),
  amount: Rupiah.parse(150_000),
  code: PaymentCode.parse("6059000000000205"),
  expiresInMinutes: 60,
  reusable: false,
  terms: {},
  merchantName: "Thank you for shopping",
  contact: { name: "Anton Budiman", email: "anton@example.com", phone: "" },
};

test.each([
  ["extend", "ACTIVE"],
  ["cancel", "DELETE"],
] as const)("to %s an Alfa code sends DOKU's own sample, byte for byte", (kind, status) => {
  const sample =
    '{"order":{"invoice_number":"INV-20210124-0001","amount":150000},' +
    `"online_to_offline_info":{"payment_code":"6059000000000205","status":"${status}","expired_time":60,` +
    '"reusable_status":false,"info":"Thank you for shopping"},' +
    '"customer":{"name":"Anton Budiman","email":"anton@example.com"}}';
  expect(JSON.stringify(alfa.toChangeBody?.({ ...change, kind }))).toBe(sample);
});

test("sends a changed name, e-mail and till text, and everything else unchanged", () => {
  const body = alfa.toChangeBody?.({
    ...change,
    kind: "details",
    contact: { name: "Sari Dewi", email: "dewi@example.com", phone: "" },
    terms: { info: "Toko Pagi" },
  });
  expect(body).toEqual({
    order: { invoice_number: "INV-20210124-0001", amount: 150_000 },
    online_to_offline_info: {
      payment_code: "6059000000000205",
      ...{ status: "ACTIVE", expired_time: 60, reusable_status: false, info: "Toko Pagi" },
    },
    customer: { name: "Sari Dewi", email: "dewi@example.com" },
  });
});

test("sends how long a code lasts and whether it is reusable, and everything else unchanged", () => {
  const body = alfa.toChangeBody?.({ ...change, kind: "validity", expiresInMinutes: 4320, reusable: true });
  expect(body).toEqual({
    order: { invoice_number: "INV-20210124-0001", amount: 150_000 },
    online_to_offline_info: {
      payment_code: "6059000000000205",
      ...{ status: "ACTIVE", expired_time: 4320, reusable_status: true, info: "Thank you for shopping" },
    },
    customer: { name: "Anton Budiman", email: "anton@example.com" },
  });
});

describe("alfa.parseChanged", () => {
  const { code, invoiceNumber, amount, expiresInMinutes } = change;
  const sentAt = new Date("2021-01-24T08:12:00Z");
  const parse = (kind: CodeChange["kind"], body: unknown) =>
    alfa.parseChanged?.(body, {
      kind,
      code,
      invoiceNumber,
      amount,
      expiresInMinutes,
      reusable: change.reusable,
      sentAt,
      merchantReference: "60123",
    });
  const confirmed = { outcome: "confirmed", expiresAt: new Date("2021-01-24T09:12:00Z") };
  const dates = { expired_date: "20210124161200", expired_date_utc: "2021-01-24T09:12:00Z" };

  test.each(["extend", "amount", "details", "validity", "cancel"] as const)(
    "takes DOKU's sample as a yes to %s",
    (kind) => {
      expect(parse(kind, sample)).toEqual(confirmed);
    },
  );

  test.each(["extend", "cancel"] as const)("takes code and dates alone as a yes to %s", (kind) => {
    expect(parse(kind, { online_to_offline_info: { payment_code: code, ...dates } })).toEqual(confirmed);
  });

  test("takes a success that says nothing as a yes to an extension, for the minutes asked for", () => {
    expect(parse("extend", {})).toEqual(confirmed);
  });

  test.each<[CodeChange["kind"], string, object]>([
    ["cancel", "other_state", {}],
    ["cancel", "other_state", { online_to_offline_info: { payment_code: code, status: "ACTIVE" } }],
    ["extend", "other_state", { online_to_offline_info: { payment_code: code, status: "delete" } }],
    [
      "cancel",
      "other_invoice",
      { order: { invoice_number: "INV-2" }, online_to_offline_info: { payment_code: code } },
    ],
    ["extend", "other_code", { online_to_offline_info: { payment_code: "6059000000000206" } }],
    [
      "cancel",
      "other_code",
      { order: { invoice_number: invoiceNumber }, online_to_offline_info: { payment_code: "0" } },
    ],
    ["validity", "other_state", { online_to_offline_info: { reusable_status: true } }],
    ["validity", "other_state", { online_to_offline_info: { reusable_status: "TRUE" } }],
    ["amount", "amount_differs", { order: { invoice_number: invoiceNumber, amount: 1 } }],
  ])("finds an answer to %s unusable: %s", (kind, why, body) => {
    expect(parse(kind, body)).toEqual({ outcome: "unusable", why });
  });

  test.each(["06059000000000205", "006059000000000205"])(
    "finds an answer unusable whose code %s differs in leading zeros alone",
    (payment_code) => {
      for (const kind of ["extend", "amount", "details", "cancel"] as const)
        expect(parse(kind, { online_to_offline_info: { payment_code, ...dates } })).toEqual({
          outcome: "unusable",
          why: "other_code",
        });
    },
  );

  test.each([undefined, null, "ok", 1, [code]])("finds %j unusable", (body) => {
    expect(parse("cancel", body)).toMatchObject({ outcome: "unusable" });
    expect(parse("extend", body)).toMatchObject({ outcome: "unusable" });
  });
});
