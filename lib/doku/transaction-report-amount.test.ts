import { describe, expect, test } from "vitest";
import { parseTransactionReport } from "./transaction-report";

/** Written as text, because the spelling of the number matters here. */
function parseAmount(json: string) {
  const order = `"order":{"invoice_number":"KB-1","amount":${json}}`;
  const reading = parseTransactionReport(
    `{${order},"transaction":{"status":"SUCCESS","date":"2021-08-12T07:06:28Z"}}`,
  );
  if (reading.outcome !== "read") throw new Error(`Not read: ${reading.why}`);
  return reading.report.amount;
}

describe("the amount of a transaction report (F18)", () => {
  test.each(["150000", "150000.00", "150000.0", '"150000"', '"150000.00"', "1.5e5", "15e4"])(
    "parses %s as 150,000",
    (json) => {
      expect(parseAmount(json)).toBe(150000);
    },
  );

  test("parses the number 1e5 as 100,000, and 25000.00", () => {
    expect([parseAmount("1e5"), parseAmount("25000.00")]).toEqual([100000, 25000]);
  });

  test.each([
    "-150000",
    "0",
    "-0",
    "150000.5",
    "150000.01",
    "9007199254740993",
    "9007199254740992",
    "1e16",
    "1e400",
    '"1e5"',
    '"150.000"',
    '"150,000"',
    '"150000.50"',
    '"-150000"',
    '"+150000"',
    '"0150000"',
    '" 150000"',
    '"0x249F0"',
    '"9007199254740993"',
    '"99999999999999999999"',
    '"Rp150000"',
    '""',
    "null",
    "true",
    "[150000]",
    '{"value":150000}',
  ])("drops the amount %s and still parses the report", (json) => {
    expect(parseAmount(json)).toBeUndefined();
  });

  test("parses the largest exact amount", () => {
    expect([parseAmount("9007199254740991"), parseAmount('"9007199254740991"')]).toEqual([
      2 ** 53 - 1,
      2 ** 53 - 1,
    ]);
  });
});
