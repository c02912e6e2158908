import { expect, test } from "vitest";
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
