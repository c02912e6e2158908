import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Bin, getMaxCodeLength, newOwnCode, parseOwnCode } from "./own-code";

const bin = (digits: string, model: "aggregator" | "direct" = "aggregator") => Bin.parse({ digits, model });
const ours = bin("889651");

describe("Bin", () => {
  test.each([
    ["889651", "aggregator"],
    ["00012345", "aggregator"],
    ["12345", "direct"],
    ["00000", "direct"],
  ])("accepts the BIN %s under the contract %s", (digits, model) =>
    expect(Bin.safeParse({ digits, model }).success).toBe(true),
  );

  test.each([
    ["12345", "aggregator"],
    ["123456", "direct"],
    ["1234", "direct"],
    ["12345678901234567890", "aggregator"],
    ["88965a", "aggregator"],
    ["", "aggregator"],
    ["889651", "other"],
  ])("refuses the BIN %j under the contract %s", (digits, model) =>
    expect(Bin.safeParse({ digits, model }).success).toBe(false),
  );

  test("allows 14 free digits and 20 in all under DOKU's contract, and 5 and 20 under a direct one", () => {
    expect(getMaxCodeLength(ours)).toBe(20);
    expect(getMaxCodeLength(bin("88965123"))).toBe(20);
    expect(getMaxCodeLength(bin("12345", "direct"))).toBe(25);
  });
});

describe("parseOwnCode", () => {
  test.each([
    ["8896 5100 0000 0001", "8896510000000001"],
    [" 8896-5100-0000-0001 ", "8896510000000001"],
    ["8896510", "8896510"],
    ["88965100000000000000", "88965100000000000000"],
  ])("parses %j as %s", (text, code) => expect(parseOwnCode(text, ours)).toEqual({ outcome: "read", code }));

  test.each([
    ["001230001", "000123"],
    ["1230001", "000123"],
    ["0001230001", "001230"],
  ])("refuses %s under the BIN %s, which differs in leading zeros alone", (text, digits) => {
    expect(parseOwnCode(text, bin(digits))).toEqual({ outcome: "wrong", because: "other_bin" });
  });

  test("keeps the leading zeros of a typed code", () => {
    expect(parseOwnCode("000123 0001", bin("000123"))).toEqual({ outcome: "read", code: "0001230001" });
  });

  test.each([
    ["88965100000O0001", "not_digits"],
    ["+889651000", "not_digits"],
    ["８８９６５１１", "not_digits"],
    ["7896510000000001", "other_bin"],
    ["88", "other_bin"],
    ["", "other_bin"],
    ["889651", "too_short"],
    ["889651000000000000000", "too_long"],
  ])("refuses %j: %s", (text, because) =>
    expect(parseOwnCode(text, ours)).toEqual({ outcome: "wrong", because }),
  );
});

describe("newOwnCode", () => {
  const bins = fc.oneof(
    fc.stringMatching(/^\d{6,19}$/).map((digits) => bin(digits)),
    fc.stringMatching(/^\d{5}$/).map((digits) => bin(digits, "direct")),
  );

  test("makes codes that parseOwnCode accepts, for any BIN and random bytes", () => {
    fc.assert(
      fc.property(bins, fc.uint8Array({ minLength: 8, maxLength: 8 }), (some, random) => {
        const code = newOwnCode(some, random);
        expect(parseOwnCode(code, some)).toEqual({ outcome: "read", code });
      }),
    );
  });

  test("makes four groups of four digits, as in DOKU's samples", () => {
    expect(newOwnCode(ours, new Uint8Array(8))).toBe("8896510000000000");
    expect(newOwnCode(ours, new Uint8Array(8).fill(255))).toBe("8896513709551615");
    expect(newOwnCode(bin("12345", "direct"), new Uint8Array(8))).toHaveLength(16);
  });

  test("makes different codes from different random bytes", () => {
    const codes = Array.from({ length: 200 }, (_, at) =>
      newOwnCode(ours, Uint8Array.of(0, 0, 0, 0, 0, 0, 0, at)),
    );
    expect(new Set(codes).size).toBe(200);
  });
});
