import { describe, expect, test } from "vitest";
import { InvoiceNumber, newInvoiceNumber } from "./invoice-number";
import { parseJakartaDigits, jakartaDay, toJakartaDigits } from "./jakarta-time";
import { OrderId } from "./order-id";
import { inGroups, PaymentCode } from "./payment-code";
import { Rupiah, parseRupiah, sumLines } from "./rupiah";

describe("Rupiah", () => {
  test.each([
    ["150000", 150_000],
    [" 150.000 ", 150_000],
    ["Rp1.500.000", 1_500_000],
    ["rp. 1,500,000", 1_500_000],
    ["150,000", 150_000],
    ["150000.00", 150_000],
    ["150000,0", 150_000],
    ["Rp150.000,00", 150_000],
    ["Rp 1.150.000,00", 1_150_000],
    ["150,000.00", 150_000],
    ["150.000,-", 150_000],
    ["\u00a0Rp\u00a0150.000,--", 150_000],
    ["IDR 150000", 150_000],
    ["500,-", 500],
    ["150.000,50", undefined],
    ["150000.5", undefined],
    ["150.000.00", undefined],
    ["1500.000", undefined],
    ["15,00", undefined],
    ["1.50.000", undefined],
    ["1.500,000", undefined],
    ["150.00", undefined],
    ["0", undefined],
    ["-5", undefined],
    ["1e6", undefined],
    ["", undefined],
    ["99999999999999999999", undefined],
  ])("parseRupiah parses %j as %j", (typed, amount) => {
    expect(parseRupiah(typed)).toBe(amount);
  });

  test("accepts whole, positive and exact amounts only", () => {
    for (const wrong of [0, -1, 1.5, Number.NaN, Infinity, 2 ** 53, "1", null]) {
      expect(Rupiah.safeParse(wrong).success).toBe(false);
    }
    expect(Rupiah.parse(2 ** 53 - 1)).toBe(9_007_199_254_740_991);
  });

  test("sumLines adds prices times quantities, and throws on zero and on inexact sums", () => {
    const price = Rupiah.parse(92_000);
    expect(
      sumLines([
        { price, quantity: 2 },
        { price: Rupiah.parse(500), quantity: 1 },
      ]),
    ).toBe(184_500);
    expect(() => sumLines([])).toThrow();
    expect(() => sumLines([{ price: Rupiah.parse(2 ** 53 - 1), quantity: 2 }])).toThrow();
  });
});

describe("OrderId", () => {
  test("accepts 22 base64url characters and nothing else", () => {
    expect(OrderId.safeParse("AAAAAAAAAAAAAAAAAAAAAA").success).toBe(true);
    for (const wrong of [
      "",
      "A".repeat(21),
      "A".repeat(23),
      `${"A".repeat(21)}/`,
      "../../../../etc/passwd",
    ]) {
      expect(OrderId.safeParse(wrong).success).toBe(false);
    }
  });
});

describe("newInvoiceNumber", () => {
  test("makes a number of the prefix, the day in WIB and unambiguous letters", () => {
    const evening = new Date("2026-11-21T18:30:00Z"); // 01.30 on the 22nd in Jakarta
    const invoice = newInvoiceNumber(
      "KB",
      jakartaDay(evening),
      Uint8Array.from([0, 31, 32, 63, 8, 18, 22, 255]),
    );
    expect(invoice).toMatch(/^KB-261122-[0-9A-HJKMNP-TV-Z]{8}$/);
    expect(InvoiceNumber.safeParse("kb-1").success).toBe(false);
    expect(InvoiceNumber.safeParse("KB/1").success).toBe(false);
  });
});

describe("PaymentCode", () => {
  test("keeps leading zeros and is shown in groups of four", () => {
    expect(inGroups(PaymentCode.parse("0059000000000205"))).toBe("0059 0000 0000 0205");
    expect(inGroups("123456")).toBe("1234 56");
    expect(PaymentCode.safeParse("12a").success).toBe(false);
    expect(PaymentCode.safeParse("1".repeat(26)).success).toBe(false);
  });
});

describe("parseJakartaDigits", () => {
  test("parses digits as WIB, whatever the zone of this machine", () => {
    const date = new Date("2021-01-24T08:12:00Z");
    expect(toJakartaDigits(date)).toBe("20210124151200");
    expect(parseJakartaDigits("20210124151200")).toEqual(date);
    expect(parseJakartaDigits("20260101000000")).toEqual(new Date("2025-12-31T17:00:00Z"));
  });

  test.each(["", "2021012415120", "20211324151200", "20210230000000", "20210124246000", "2021-01-24T15"])(
    "refuses %s, which is no date",
    (digits) => expect(parseJakartaDigits(digits)).toBeUndefined(),
  );
});
