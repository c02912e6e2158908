import { describe, expect, test } from "vitest";
import { validateMerchantCode } from "./merchant-code";
import type { MerchantCodeRequest, MerchantCodeRules } from "./merchant-code";
import { Rupiah } from "./rupiah";

const rupiah = (amount: number) => Rupiah.parse(amount);
const rules: MerchantCodeRules = {
  isOn: true,
  min: rupiah(10_000),
  max: rupiah(2_500_000),
  kindsOn: ["dgpc", "mgpc", "dipc"],
  bin: { digits: "889651", model: "aggregator" },
  prints: ["info", "description", "insurance"],
  footerLines: 3,
  canReuse: true,
  insurance: true,
  settles: true,
};
const usual: MerchantCodeRequest = {
  codeKind: "mgpc",
  code: "",
  amount: rupiah(150_000),
  description: "Isi ulang saldo",
  customerName: "Sri Wahyuni",
  expiresInMinutes: 60,
  reusable: false,
  terms: {},
};
const validate = (request: Partial<MerchantCodeRequest>, change: Partial<MerchantCodeRules> = {}) =>
  validateMerchantCode({ ...rules, ...change }, { ...usual, ...request });
const share = (type: "PERCENTAGE" | "FIX", value: number, account = "SBA-1") => ({ account, type, value });

describe("validateMerchantCode", () => {
  test.each(["dgpc", "mgpc", "dipc"] as const)("accepts a %s code that keeps to the rules", (codeKind) => {
    expect(validate({ codeKind })).toEqual([]);
  });

  test("accepts the merchant's own digits with or without blanks, and generated ones", () => {
    for (const code of ["", "8896510000000001", " 8896 5100 0000 0001 "])
      expect(validate({ code })).toEqual([]);
  });

  test.each([
    ["8896O1", "not_digits"],
    ["7777770000000001", "other_bin"],
    ["889651", "too_short"],
    ["889651000000000000001", "too_long"],
  ])("refuses the digits %s: %s", (code, because) => {
    for (const codeKind of ["mgpc", "dipc"] as const)
      expect(validate({ code, codeKind })).toEqual([{ field: "code", because }]);
    expect(validate({ code, codeKind: "dgpc" })).toEqual([]);
  });

  test("accepts amounts within the channel's inclusive limits only", () => {
    for (const amount of [rules.min, rules.max]) expect(validate({ amount })).toEqual([]);
    expect(validate({ amount: rupiah(9_999) })).toEqual([
      { field: "amount", because: "below_limit", limit: 10_000 },
    ]);
    expect(validate({ amount: rupiah(2_500_001) })).toEqual([
      { field: "amount", because: "above_limit", limit: 2_500_000 },
    ]);
  });

  test("requires an item description and a customer name within their lengths", () => {
    expect(validate({ description: "d".repeat(100), customerName: "n".repeat(40) })).toEqual([]);
    expect(validate({ description: "d".repeat(101), customerName: "n".repeat(41) })).toEqual([
      { field: "itemDescription", because: "too_long", most: 100 },
      { field: "customerName", because: "too_long", most: 40 },
    ]);
    expect(validate({ description: " ", customerName: "\u200b\u200b" })).toEqual([
      { field: "itemDescription", because: "missing", most: 100 },
      { field: "customerName", because: "missing", most: 40 },
    ]);
  });

  test("limits the minutes of a code to DOKU's field, but not those of a self-hosted bill", () => {
    for (const expiresInMinutes of [0, 1.5, 100_000])
      expect(validate({ expiresInMinutes })).toEqual([
        { field: "expiresInMinutes", because: "out_of_range" },
      ]);
    expect(validate({ expiresInMinutes: 99_999 })).toEqual([]);
    expect(validate({ expiresInMinutes: 100_000, codeKind: "dipc" })).toEqual([]);
    expect(validate({ expiresInMinutes: 0, codeKind: "dipc" })).toHaveLength(1);
  });

  test("refuses a switched-off channel or kind of code before other faults", () => {
    expect(validate({ code: "x" }, { isOn: false, kindsOn: ["dgpc"] })).toEqual([
      { field: "channel", because: "switched_off" },
      { field: "codeKind", because: "switched_off" },
      { field: "code", because: "not_digits" },
    ]);
  });

  test("refuses terms that the channel does not offer", () => {
    const terms = { insurance: {}, footer: ["one", "", "three"], description: "Iuran" };
    expect(validate({ reusable: true, terms })).toEqual([]);
    const poor = { canReuse: false, insurance: false, footerLines: 1, prints: [] };
    expect(validate({ reusable: true, terms }, poor)).toEqual([
      { field: "reusable", because: "not_offered" },
      { field: "insurance", because: "not_offered" },
      { field: "footer", because: "not_offered", line: 3 },
      { field: "description", because: "not_offered" },
    ]);
    expect(validate({ reusable: true, codeKind: "dipc" })).toEqual([
      { field: "reusable", because: "not_offered" },
    ]);
  });

  test.each([
    [[share("PERCENTAGE", 60, "SBA-1"), share("PERCENTAGE", 41, "SBA-2")], "above_hundred_percent"],
    [[share("FIX", 150_001)], "above_amount"],
    [[share("FIX", 1), share("FIX", 2)], "twice_the_same_account"],
  ])("refuses the shares %j: %s", (settlement, because) => {
    expect(validate({ terms: { settlement } })).toEqual([{ field: "settlement", because }]);
  });

  test("refuses shares for a self-hosted bill, and where the account has no split settlement", () => {
    const terms = { settlement: [share("PERCENTAGE", 10)] };
    expect(validate({ terms })).toEqual([]);
    const switchedOff = [{ field: "settlement", because: "switched_off" }];
    expect(validate({ terms }, { settles: false })).toEqual(switchedOff);
    expect(validate({ terms, codeKind: "dipc" })).toEqual(switchedOff);
  });

  test("checks only the fields that could be parsed", () => {
    const settlement = [share("FIX", 200_000)];
    expect(validateMerchantCode(rules, { codeKind: "mgpc", terms: { settlement } })).toEqual([]);
  });
});
