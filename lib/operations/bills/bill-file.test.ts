import { describe, expect, test } from "vitest";
import type { MerchantCodeRules } from "@/lib/payment/merchant-code";
import { Rupiah } from "@/lib/payment/rupiah";
import { sampleBin } from "@/test/sample-features";
import { parseBillFile } from "./bill-file";

const rules = {
  code: {
    ...{ isOn: true, kindsOn: ["dipc"], bin: sampleBin, insurance: true, canReuse: true, settles: true },
    ...{ min: Rupiah.parse(10_000), max: Rupiah.parse(2_500_000) },
    ...{ prints: ["info", "insurance"], footerLines: 3 },
  } satisfies MerchantCodeRules,
  now: new Date("2026-11-21T05:00:00Z"),
};
const read = (text: string) => parseBillFile(text, rules);
const columns = "code,amount,description,name,valid_until,email,phone,info,footer,policy_type";
const policy = "policy_number,policy_account_name,policy_status,bill_due_date";
const row = (changes: Record<string, string> = {}): string => {
  const cells: Record<string, string> = {
    code: "8896510000000001",
    amount: "150000",
    description: "Iuran",
    name: "Sari",
    valid_until: "2026-12-31",
    ...changes,
  };
  return `${columns}\n${columns
    .split(",")
    .map((name) => `"${(cells[name] ?? "").replaceAll('"', '""')}"`)
    .join(",")}`;
};

describe("parseBillFile", () => {
  test.each([
    ["commas", ","],
    ["semicolons", ";"],
    ["tabs", "\t"],
  ])("parses a table with %s, a byte-order mark, blank lines and columns in any order", (_, between) => {
    const text = [
      ["Name", "valid until", "AMOUNT", "code", "description"],
      ["Sari", "31/12/2026", '"Rp 150.000"', "8896510000000001", '"Iuran; November, dua"'],
      [],
    ];
    const file = `\uFEFF${text.map((cells) => cells.join(between)).join("\r\n")}\r\n`;
    expect(read(file)).toMatchObject({
      outcome: "read",
      bills: [{ line: 2, amount: 150_000, code: "8896510000000001", description: "Iuran; November, dua" }],
    });
  });

  test("keeps leading zeros of a code, and all texts for the till", () => {
    const text = row({ code: "8896 5100 0000 0001", info: "Yayasan Senja", footer: "Terima kasih|0812" });
    expect(read(text)).toMatchObject({
      bills: [
        { code: "8896510000000001", terms: { info: "Yayasan Senja", footer: ["Terima kasih", "0812"] } },
      ],
    });
  });

  test("accepts an insurance policy only with all of its columns", () => {
    const head = `${columns},${policy}`;
    const line = `,150000,Premi,Sari,2026-12-31,,,,,Dana Pendidikan`;
    expect(read(`${head}\n${line},9090901234,Taufik Ismail,aktif,21 May 2027`)).toMatchObject({
      bills: [{ terms: { insurance: { policyType: "Dana Pendidikan", billDueDate: "21 May 2027" } } }],
    });
    expect(read(`${head}\n${line},,Taufik Ismail,aktif,21 May 2027`)).toEqual({
      outcome: "wrong_rows",
      faults: [{ line: 2, column: "policy_number", because: "incomplete" }],
    });
  });

  test("reports an insurance policy when insurance is switched off", () => {
    const text = `${columns},${policy}\n,150000,Premi,Sari,2026-12-31,,,,,Dana,9090901234,Taufik,aktif,21 May 2027`;
    const code = { ...rules.code, insurance: false };
    expect(parseBillFile(text, { ...rules, code })).toEqual({
      outcome: "wrong_rows",
      faults: [{ line: 2, column: "policy_type", because: "not_offered" }],
    });
  });

  test.each([
    [{ code: "88965x" }, "code", "not_digits"],
    [{ code: "889651" }, "code", "too_short"],
    [{ code: "889651000000000000001" }, "code", "too_long"],
    [{ code: "7777770000000001" }, "code", "other_bin"],
    [{ amount: "1.5" }, "amount", "not_an_amount"],
    [{ amount: "9999" }, "amount", "below_limit"],
    [{ amount: "2500001" }, "amount", "above_limit"],
    [{ valid_until: "2026-11-20" }, "valid_until", "in_the_past"],
    [{ valid_until: "soon" }, "valid_until", "not_a_time"],
    [{ name: "" }, "name", "missing"],
    [{ name: "n".repeat(41) }, "name", "too_long"],
    [{ email: "nobody" }, "email", "not_an_email"],
    [{ phone: "12" }, "phone", "not_a_phone"],
    [{ info: "é" }, "info", "not_printable"],
    [{ info: "i".repeat(31) }, "info", "too_long"],
    [{ description: "d".repeat(101) }, "description", "too_long"],
    [{ footer: "a|b|c|d" }, "footer", "too_long"],
    [{ footer: "f".repeat(41) }, "footer", "too_long"],
  ])("refuses a row with %j at the column %s: %s", (changes, column, because) => {
    expect(read(row(changes))).toEqual({ outcome: "wrong_rows", faults: [{ line: 2, column, because }] });
  });

  test("refuses a code that stands twice, at its second row", () => {
    const [head = "", line = ""] = row().split("\n");
    expect(read(`${head}\n${line}\n${line}`)).toEqual({
      outcome: "wrong_rows",
      faults: [{ line: 3, column: "code", because: "twice_in_file" }],
    });
  });

  test("refuses an amount that is split into two cells, instead of parsing another amount", () => {
    const head = "amount,description,name,valid_until";
    expect(read(`${head}\n150,000,Iuran,Sari,2026-12-31`)).toEqual({
      outcome: "wrong_rows",
      faults: [{ line: 2, column: undefined, because: "too_many_cells" }],
    });
  });

  test.each([
    ["", { because: "empty" }],
    ["code,amount,description,name,valid_until", { because: "empty" }],
    ["code,amount,name,valid_until\n", { because: "missing_column", column: "description" }],
    ["amount,description,name,valid_until,foter\n1", { because: "unknown_column", column: "foter" }],
    ['amount,description,name,valid_until\n"1', { because: "unreadable" }],
  ])("refuses the text %j, which is no table of bills", (text, fault) => {
    expect(read(text)).toEqual({ outcome: "wrong_file", fault });
  });

  test("refuses a table of more than ten thousand rows", () => {
    const [head = "", line = ""] = row({ code: "" }).split("\n");
    expect(read(`${head}\n${`${line}\n`.repeat(10_001)}`)).toEqual({
      outcome: "wrong_file",
      fault: { because: "too_many" },
    });
  });
});
