import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PaymentCode } from "../payment/payment-code";
import { alfa } from "./alfa";
import alfaAnswer from "@/test/fixtures/doku/alfa.dgpc.create.response.json";
import replay from "@/test/fixtures/doku/idempotent-replay.json";
import indomaretAnswer from "@/test/fixtures/doku/indomaret.create.response.json";
import { indomaret } from "./indomaret";
import { sentLike } from "@/test/sample-request";

const sent = sentLike("INV-20210124-0001", 150_000);
const info = alfaAnswer.online_to_offline_info;
const answerWith = (changes: object, order: object = alfaAnswer.order) => ({
  order,
  online_to_offline_info: { ...info, ...changes },
});

describe("the answer to a create request", () => {
  test.each([
    [alfa, alfaAnswer, "INV-20210124-0001"],
    [alfa, replay.body, "INV-20210124-0001"],
    [indomaret, indomaretAnswer, "INV-2021002-0001"],
  ] as const)("of DOKU's samples is read", (channel, body, invoice) => {
    const { payment_code, how_to_pay_api, how_to_pay_page } = body.online_to_offline_info;
    expect(channel.parseIssued(body, sentLike(invoice, 150_000))).toEqual({
      outcome: "issued",
      issued: {
        means: { kind: "code", code: payment_code },
        expiresAt: new Date("2021-01-24T09:12:00Z"),
        howToPayPage: how_to_pay_page,
        howToPayApi: how_to_pay_api,
        identifiers: [],
      },
    });
  });

  const expiries: [string, object, string][] = [
    ["the UTC field", { expired_date: "20300101000000" }, "2021-01-24T09:12:00.000Z"],
    ["its twin at UTC+7", { expired_date_utc: undefined }, "2021-01-24T09:12:00.000Z"],
    ["its twin when the UTC field is no date", { expired_date_utc: "soon" }, "2021-01-24T09:12:00.000Z"],
    [
      "our clock and the minutes asked for",
      { expired_date_utc: null, expired_date: null },
      "2021-01-24T09:00:00.000Z",
    ],
    [
      "our clock when both are no dates",
      { expired_date_utc: "", expired_date: "20211340000000" },
      "2021-01-24T09:00:00.000Z",
    ],
  ];
  test.each(expiries)("expires by %s, whatever the zone of this machine (F22)", (_, changes, moment) => {
    const reading = alfa.parseIssued(answerWith(changes), sent);
    expect(reading.outcome === "issued" && reading.issued.expiresAt.toISOString()).toBe(moment);
  });

  test("may contain only the code", () => {
    const bare = { order: alfaAnswer.order, online_to_offline_info: { payment_code: "0059" } };
    expect(alfa.parseIssued(bare, sent)).toEqual({
      outcome: "issued",
      issued: {
        means: { kind: "code", code: "0059" },
        expiresAt: new Date("2021-01-24T09:00:00Z"),
        howToPayPage: undefined,
        howToPayApi: undefined,
        identifiers: [],
      },
    });
  });

  test("may have its code as a safe integer", () => {
    expect(alfa.parseIssued(answerWith({ payment_code: 6059000000000205 }), sent)).toMatchObject({
      issued: { means: { code: "6059000000000205" } },
    });
  });

  test.each([
    "",
    "6059 0000",
    "6059-0000",
    "KODE",
    "1".repeat(26),
    "٦٠٥٩",
    " 6059",
    "6059\n",
    6059.5,
    -6059,
    2 ** 53,
    null,
    undefined,
    {},
    ["6059"],
  ])("is unusable with the code %j (F7)", (payment_code) => {
    expect(alfa.parseIssued(answerWith({ payment_code }), sent)).toEqual({
      outcome: "unusable",
      why: "no_payment_code",
    });
  });

  test("keeps all 25 digits and leading zeros of a code", () => {
    const code = "0000567890123456789012345";
    expect(alfa.parseIssued(answerWith({ payment_code: code }), sent)).toMatchObject({
      issued: { means: { code } },
    });
  });

  test.each([
    ["0001230000000001", "001230000000001"],
    ["001230000000001", "0001230000000001"],
    ["0001230000000001", "1230000000001"],
    ["0001230000000001", 1230000000001],
    ["1230000000001", "01230000000001"],
    ["000000", "0"],
  ])(
    "is unusable when the merchant's code %s differs from its echo %j in leading zeros alone",
    (own, echo) => {
      for (const channel of [alfa, indomaret])
        expect(
          channel.parseIssued(answerWith({ payment_code: echo }), { ...sent, code: PaymentCode.parse(own) }),
        ).toEqual({ outcome: "unusable", why: "other_code" });
    },
  );

  test("is usable when the merchant's code and its echo are the same digits, as text or as a number", () => {
    for (const [own, echo] of [
      ["0001230000000001", "0001230000000001"],
      ["1230000000001", 1230000000001],
      // Two numbers beyond the safe integers would be equal although the last digits differ.
      ["9007199254740993", "9007199254740993"],
    ] as const)
      expect(
        alfa.parseIssued(answerWith({ payment_code: echo }), { ...sent, code: PaymentCode.parse(own) }),
      ).toMatchObject({ outcome: "issued", issued: { means: { code: own } } });
    const sameNumber = { ...sent, code: PaymentCode.parse("9007199254740992") };
    expect(alfa.parseIssued(answerWith({ payment_code: "9007199254740993" }), sameNumber)).toEqual({
      outcome: "unusable",
      why: "other_code",
    });
  });

  test.each([
    { invoice_number: "INV-20210124-0002" },
    { invoice_number: "inv-20210124-0001" },
    { invoice_number: 1 },
    {},
    undefined,
  ])("is unusable when it is about the order %j (F7)", (order) => {
    const body = { order, online_to_offline_info: info };
    expect(alfa.parseIssued(body, sent)).toEqual({ outcome: "unusable", why: "other_invoice" });
  });

  test.each([150_001, 15_000, "150001", "150.000", "x", {}, 150_000.5])(
    "is unusable with another amount, %j",
    (amount) => {
      const body = answerWith({}, { ...alfaAnswer.order, amount });
      expect(alfa.parseIssued(body, sent)).toEqual({ outcome: "unusable", why: "amount_differs" });
    },
  );

  test.each([150_000, "150000", "150000.00", null, undefined])("may echo the amount as %j", (amount) => {
    expect(alfa.parseIssued(answerWith({}, { ...alfaAnswer.order, amount }), sent)).toMatchObject({
      outcome: "issued",
    });
  });

  test.each([
    "javascript:alert(1)",
    "http://sandbox.doku.com/",
    "data:text/html,x",
    "//doku.com",
    "https://a@doku.com/",
    "https://doku.com\\x",
    "",
    1,
  ])("drops the how-to-pay page %j", (address) => {
    const reading = alfa.parseIssued(answerWith({ how_to_pay_page: address, how_to_pay_api: address }), sent);
    expect(reading).toMatchObject({
      outcome: "issued",
      issued: { howToPayPage: undefined, howToPayApi: undefined },
    });
  });

  test("is parsed from any JSON without throwing, and never as a code by accident", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        expect(alfa.parseIssued(body, sent).outcome).toBe("unusable");
        expect(alfa.parseIssued({ ...alfaAnswer, online_to_offline_info: body }, sent).outcome).toBe(
          "unusable",
        );
      }),
    );
  });
});
