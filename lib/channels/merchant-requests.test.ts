import { describe, expect, test } from "vitest";
import { InvoiceNumber } from "../payment/invoice-number";
import { PaymentCode } from "../payment/payment-code";
import { Rupiah } from "../payment/rupiah";
import { Terms } from "../payment/terms";
import { alfa } from "./alfa";
import issuedSample from "@/test/fixtures/doku/alfa.mgpc.create.response.json";
import fullSample from "@/test/fixtures/doku/alfa.dgpc.create.request.full.json";
import ownCodeSample from "@/test/fixtures/doku/alfa.mgpc.create.request.json";
import splitSample from "@/test/fixtures/doku/split-settlement.json";
import accountSample from "@/test/fixtures/doku/sub-account.json";
import { indomaret } from "./indomaret";
import { requestLike, sentLike } from "@/test/sample-request";

const anton = { name: "Anton Budiman", email: "anton@example.com", phone: "" };
const amount = Rupiah.parse(150_000);
const code = PaymentCode.parse("8896512345678123");

describe("a code that the merchant made", () => {
  const request = requestLike({
    invoiceNumber: InvoiceNumber.parse("INV-20210124-0002"),
    ...{ amount, contact: anton, code, reusable: true, terms: { info: "Top up wallet" } },
  });

  test("is requested with the members of DOKU's sample in the same order", () => {
    expect(JSON.stringify(alfa.toRequestBody(request))).toBe(JSON.stringify(ownCodeSample));
  });

  test("keeps the leading zeros of the merchant's code", () => {
    const zeros = PaymentCode.parse("0088965000000001");
    expect(alfa.toRequestBody({ ...request, code: zeros })).toHaveProperty(
      "online_to_offline_info.payment_code",
      "0088965000000001",
    );
  });

  test("is accepted only when DOKU's answer has the same code", () => {
    const sent = sentLike("INV-20210124-0002", 150_000);
    expect(alfa.parseIssued(issuedSample, { ...sent, code })).toMatchObject({
      outcome: "issued",
      issued: { means: { kind: "code", code } },
    });
    const another = PaymentCode.parse("8896512345678124");
    expect(alfa.parseIssued(issuedSample, { ...sent, code: another })).toEqual({
      outcome: "unusable",
      why: "other_code",
    });
  });
});

describe("terms of a payment", () => {
  const terms = Terms.parse({
    footer: ["Call Center 021 555-0525"],
    insurance: {
      policyType: "Dana Pendidikan",
      policyNumber: "9090901234",
      policyAccountName: "Taufik Ismail",
      policyStatus: "aktif",
      billDueDate: "21 May 2021",
    },
    settlement: [{ account: "SBA-0001-123123123", type: "PERCENTAGE", value: 10 }],
  });

  test("are sent to Alfa with the members of DOKU's full sample in the same order", () => {
    const request = requestLike({
      invoiceNumber: InvoiceNumber.parse("INV-20210124-0001"),
      ...{ amount, contact: anton, terms },
      overrideNotificationUrl: "https://another.example.com/payments/notifications",
    });
    expect(JSON.stringify(alfa.toRequestBody(request))).toBe(JSON.stringify(fullSample));
  });

  test("may have several shares, in percent and in rupiah, as in DOKU's fragment", () => {
    const settlement = Terms.parse({
      settlement: [
        { account: "SBA-0001-123123123", type: "PERCENTAGE", value: 10 },
        { account: "SBA-0001-456456456", type: "FIX", value: 25_000 },
      ],
    });
    expect(alfa.toRequestBody(requestLike({ terms: settlement }))).toMatchObject(splitSample);
  });

  test("may have a sub account, as in DOKU's fragment", () => {
    const { account } = accountSample.additional_info;
    expect(alfa.toRequestBody(requestLike({ subAccount: account.id }))).toHaveProperty("additional_info", {
      account,
    });
  });

  test("are left out when they are empty", () => {
    const bare = alfa.toRequestBody(requestLike({ terms: { settlement: [], footer: ["", ""] } }));
    expect(bare).not.toHaveProperty("additional_info");
    expect(bare).not.toHaveProperty("alfa_info");
  });

  test("put each footer line on its own line, and only the first one at Indomaret", () => {
    const three = Terms.parse({ footer: ["Terima kasih", "", "Call Center 021 555-0525"] });
    const message = `${"Terima kasih".padEnd(40)}${" ".repeat(40)}Call Center 021 555-0525`;
    expect(alfa.toRequestBody(requestLike({ terms: three }))).toHaveProperty(
      "alfa_info.receipt.footer_message",
      message,
    );
    expect(indomaret.toRequestBody(requestLike({ terms: three }))).toHaveProperty(
      "indomaret_info.receipt.footer_message",
      "Terima kasih",
    );
  });

  test("describe the purchase in the merchant's text at Indomaret", () => {
    const described = Terms.parse({ description: "Iuran kelas batik" });
    expect(indomaret.toRequestBody(requestLike({ terms: described }))).toHaveProperty(
      "indomaret_info.receipt.description",
      "Iuran kelas batik",
    );
  });
});
