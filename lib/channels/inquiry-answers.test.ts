import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InvoiceNumber } from "../payment/invoice-number";
import { PaymentCode } from "../payment/payment-code";
import { Rupiah } from "../payment/rupiah";
import { Terms } from "../payment/terms";
import type { BillForTill } from "./channel";
import paidSample from "@/test/fixtures/doku/alfa.dipc.inquiry.response.billing_already_paid.json";
import unknownSample from "@/test/fixtures/doku/alfa.dipc.inquiry.response.billing_not_found.json";
import expiredSample from "@/test/fixtures/doku/alfa.dipc.inquiry.response.billing_was_expired.json";
import declineSample from "@/test/fixtures/doku/alfa.dipc.inquiry.response.decline.json";
import successSample from "@/test/fixtures/doku/alfa.dipc.inquiry.response.success.json";
import { toBareRefusal, toRefusedBill } from "./inquiry-answers";
import { channels, getChannel } from "./registry";

const code = PaymentCode.parse("8896512345678123");
/**
 * The sample's text has 31 characters; its tables say 30 in one place, and no more is sent
 * (docs/doku-protocol.md#13-contradictions, row 3).
 */
const info = successSample.online_to_offline_info.info.slice(0, 30);
const terms = Terms.parse({
  info,
  footer: ["Call Center 021 555-0525"],
  insurance: {
    policyType: "Dana Pendidikan",
    policyNumber: "9090901234",
    policyAccountName: "Andreas",
    policyStatus: "aktif",
    billDueDate: "21 May 2021",
  },
});
const bill: BillForTill = {
  invoiceNumber: InvoiceNumber.parse("INV-20210125-0001"),
  amount: Rupiah.parse(150_000),
  code,
  contact: { name: "Anton Budiman", email: "", phone: "" },
  merchantName: "Toko Senja",
  terms,
};
const alfa = getChannel("alfa");
const toAnswer = (changes: Partial<BillForTill> = {}): unknown =>
  alfa.toInquiryAnswer?.({ ...bill, ...changes });

describe("the answer to an inquiry", () => {
  test("has the members of DOKU's sample in the same order", () => {
    const { online_to_offline_info, ...rest } = successSample;
    const sample = { ...rest, online_to_offline_info: { ...online_to_offline_info, info } };
    expect(toAnswer()).toEqual(sample);
    const inOrder = JSON.stringify(successSample).replace(successSample.online_to_offline_info.info, info);
    expect(JSON.stringify(toAnswer())).toBe(inOrder);
  });

  test.each([
    ["billing_already_paid", paidSample],
    ["billing_was_expired", expiredSample],
    ["decline", declineSample],
  ] as const)("that no money may be taken has the bytes of its sample: %s", (status, sample) => {
    expect(JSON.stringify(toRefusedBill(status, bill))).toBe(JSON.stringify(sample));
  });

  test("names only the code when no bill has it", () => {
    expect(JSON.stringify(toBareRefusal("billing_not_found", code))).toBe(JSON.stringify(unknownSample));
    expect(toBareRefusal("decline")).toEqual({ online_to_offline_inquiry: { status: "decline" } });
  });

  test("leaves out empty terms and shows the merchant's name", () => {
    expect(toAnswer({ terms: {} })).toEqual({
      order: successSample.order,
      online_to_offline_info: { payment_code: code, info: "Toko Senja" },
      online_to_offline_inquiry: { status: "success" },
      customer: { name: "Anton Budiman", email: "" },
    });
  });

  test("pads every footer line but the last, without a line break", () => {
    const footer = ["Terima kasih", "Call Center 021 555-0525"];
    expect(toAnswer({ terms: { footer } })).toMatchObject({
      alfa_info: { receipt: { footer_message: `${"Terima kasih".padEnd(40)}Call Center 021 555-0525` } },
    });
  });

  test("has the customer's e-mail only when it is valid", () => {
    const withEmail = (email: string) => toAnswer({ contact: { ...bill.contact, email } });
    expect(withEmail("anton@example.com")).toMatchObject({ customer: { email: "anton@example.com" } });
    expect(withEmail("nonsense")).toMatchObject({ customer: { email: "" } });
  });

  test("has only characters that a till prints, within its length", () => {
    const text = fc.string({ maxLength: 200, unit: "grapheme" });
    fc.assert(
      fc.property(text, text, (name, merchantName) => {
        const contact = { name, email: "", phone: "" };
        const printed = JSON.stringify(toAnswer({ contact, merchantName, terms: {} }));
        expect(printed).toMatch(/^[\x20-\x7e]*$/);
        const { customer, online_to_offline_info } = JSON.parse(printed);
        expect(customer.name.length).toBeGreaterThan(0);
        expect(customer.name.length).toBeLessThanOrEqual(40);
        expect(online_to_offline_info.info?.length ?? 0).toBeLessThanOrEqual(30);
      }),
    );
  });

  test("is offered by exactly the channels with DIPC codes", () => {
    for (const { codeKinds, toInquiryAnswer } of channels)
      expect(toInquiryAnswer !== undefined).toBe(codeKinds.includes("dipc"));
  });
});
