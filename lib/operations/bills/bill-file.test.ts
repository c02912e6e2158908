import { describe, expect, test } from "vitest";
import type { MerchantCodeRules } from "@/lib/payment/merchant-code";
import { Rupiah } from "@/lib/payment/rupiah";
import { spellInvisible } from "@/lib/payment/visible-text";
import { sampleBin } from "@/test/sample-features";
import { toRows, toWorkbook } from "@/test/harness/xlsx-file";
import { parseBillFile } from "./bill-file";

const rules = {
  code: {
    ...{ isOn: true, kindsOn: ["dipc"], bin: sampleBin, insurance: true, canReuse: true, settles: true },
    ...{ min: Rupiah.parse(10_000), max: Rupiah.parse(2_500_000) },
    ...{ prints: ["info", "insurance"], footerLines: 3 },
  } satisfies MerchantCodeRules,
  now: new Date("2026-11-21T05:00:00Z"),
};
const asText = (text: string) => ({ kind: "text", text }) as const;
const read = (text: string) => parseBillFile(asText(text), rules);
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
  ])(
    "parses a table with %s, a byte-order mark, blank lines and columns in any order",
    async (_, between) => {
      const text = [
        ["Name", "valid until", "AMOUNT", "code", "description"],
        ["Sari", "31/12/2026", '"Rp 150.000"', "8896510000000001", '"Iuran; November, dua"'],
        [],
      ];
      const file = `\uFEFF${text.map((cells) => cells.join(between)).join("\r\n")}\r\n`;
      expect(await read(file)).toMatchObject({
        outcome: "read",
        bills: [{ line: 2, amount: 150_000, code: "8896510000000001", description: "Iuran; November, dua" }],
      });
    },
  );

  test("keeps leading zeros of a code, and all texts for the till", async () => {
    const text = row({ code: "8896 5100 0000 0001", info: "Yayasan Senja", footer: "Terima kasih|0812" });
    expect(await read(text)).toMatchObject({
      bills: [
        { code: "8896510000000001", terms: { info: "Yayasan Senja", footer: ["Terima kasih", "0812"] } },
      ],
    });
  });

  test("accepts an insurance policy only with all of its columns", async () => {
    const head = `${columns},${policy}`;
    const line = `,150000,Premi,Sari,2026-12-31,,,,,Dana Pendidikan`;
    expect(await read(`${head}\n${line},9090901234,Taufik Ismail,aktif,21 May 2027`)).toMatchObject({
      bills: [{ terms: { insurance: { policyType: "Dana Pendidikan", billDueDate: "21 May 2027" } } }],
    });
    expect(await read(`${head}\n${line},,Taufik Ismail,aktif,21 May 2027`)).toEqual({
      outcome: "wrong_rows",
      faults: [{ line: 2, column: "policy_number", value: "", because: "incomplete" }],
    });
  });

  test("reports an insurance policy when insurance is switched off", async () => {
    const text = `${columns},${policy}\n,150000,Premi,Sari,2026-12-31,,,,,Dana,9090901234,Taufik,aktif,21 May 2027`;
    const code = { ...rules.code, insurance: false };
    expect(await parseBillFile(asText(text), { ...rules, code })).toEqual({
      outcome: "wrong_rows",
      faults: [{ line: 2, column: "policy_type", value: "Dana", because: "not_offered" }],
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
    [{ valid_until: "12/31/2026" }, "valid_until", "not_a_time"],
    [{ amount: "150.000,50" }, "amount", "not_an_amount"],
    [{ name: "" }, "name", "missing"],
    [{ name: "\u200b\u200b" }, "name", "missing"],
    [{ description: "\u2060" }, "description", "missing"],
    [{ name: "Sari\nDewi" }, "name", "line_break"],
    [{ name: "n".repeat(41) }, "name", "too_long"],
    [{ email: "nobody" }, "email", "not_an_email"],
    [{ phone: "12" }, "phone", "not_a_phone"],
    [{ info: "é" }, "info", "not_printable"],
    [{ info: "i".repeat(31) }, "info", "too_long"],
    [{ description: "d".repeat(101) }, "description", "too_long"],
    [{ footer: "a|b|c|d" }, "footer", "too_long"],
    [{ footer: "f".repeat(41) }, "footer", "too_long"],
  ])("refuses a row with %j at the column %s: %s", async (changes, column, because) => {
    const [typed = ""] = Object.values(changes);
    const value = typed.length > 60 ? `${typed.slice(0, 60)}…` : spellInvisible(typed);
    expect(await read(row(changes))).toEqual({
      outcome: "wrong_rows",
      faults: [{ line: 2, column, value, because }],
    });
  });

  test("refuses a code that stands twice, at its second row", async () => {
    const [head = "", line = ""] = row().split("\n");
    expect(await read(`${head}\n${line}\n${line}`)).toEqual({
      outcome: "wrong_rows",
      faults: [{ line: 3, column: "code", value: "8896510000000001", because: "twice_in_file" }],
    });
  });

  test("refuses an amount that is split into two cells, instead of parsing another amount", async () => {
    const head = "amount,description,name,valid_until";
    expect(await read(`${head}\n150,000,Iuran,Sari,2026-12-31`)).toEqual({
      outcome: "wrong_rows",
      faults: [{ line: 2, column: undefined, value: "2026-12-31", because: "too_many_cells" }],
    });
  });

  test("refuses a value under a column without a name, instead of leaving it out", async () => {
    expect(await read("amount,description,name,valid_until,\n150000,Iuran,Sari,2026-12-31,lost")).toEqual({
      outcome: "wrong_rows",
      faults: [{ line: 2, column: undefined, value: "lost", because: "too_many_cells" }],
    });
  });

  test("refuses rows that a quote without its second one has swallowed, at the line where it opens", async () => {
    const head = "description;amount;name;valid_until";
    const lines = [
      '"Iuran;150000;Sari;31/12/2026',
      "Iuran;150000;Budi;31/12/2026",
      '";150000;Dewi;31/12/2026',
    ];
    expect(await read([head, ...lines].join("\n"))).toMatchObject({
      outcome: "wrong_rows",
      faults: [{ line: 2, column: "description", because: "line_break" }],
    });
  });

  const head = "amount,description,name,valid_until";
  test.each([
    ["", { because: "empty" }],
    ["code,amount,description,name,valid_until", { because: "empty" }],
    ["code,amount,name,valid_until\n", { because: "missing_column", line: 1, column: "description" }],
    ["sep=;\ncode;amount;name\n", { because: "missing_column", line: 2, column: "description" }],
    [`${head},foter\n1`, { because: "unknown_column", line: 1, column: "foter" }],
    [`${head},Amount\n1`, { because: "repeated_column", line: 1, column: "amount" }],
    [`${head}\n\n1,"Iuran`, { because: "open_quote", line: 3, column: "description", value: '"Iuran' }],
    [`${head}\n"1" 2,x`, { because: "open_quote", line: 2, column: "amount", value: '"1" 2,x' }],
    [`${head}\r\n1,Iu\u0000ran`, { because: "nul", line: 2 }],
  ])("refuses the text %j, which is no table of bills", async (text, fault) => {
    expect(await read(text)).toEqual({ outcome: "wrong_file", fault });
  });

  test("reads what Excel writes: sep=, codes as formulas, amounts with decimals, times with seconds", async () => {
    const text = [
      "sep=;",
      "code;amount;description;name;valid_until",
      '="8896510000000001";150000.00;Pipa 2";Sari;2026-12-31 17:00:00',
      '"=""8896510000000002""";Rp150.000,00;"Pipa 2""";Budi;31/12/2026 17:00:00',
      "8896510000000003;150.000,-;Pipa;Dewi;31-12-2026 17:00",
      ";;;;",
    ].join("\r\n");
    const expiresAt = new Date("2026-12-31T10:00:00Z");
    expect(await read(text)).toMatchObject({
      outcome: "read",
      bills: [
        { line: 3, code: "8896510000000001", amount: 150_000, description: 'Pipa 2"', expiresAt },
        { line: 4, code: "8896510000000002", amount: 150_000, description: 'Pipa 2"', expiresAt },
        { line: 5, code: "8896510000000003", amount: 150_000, description: "Pipa", expiresAt },
      ],
    });
  });

  test("reads a workbook as it reads a text with the same cells", async () => {
    const names = ["code", "amount", "description", "name", "valid_until", "phone"];
    const bills = [
      ["8896510000000001", "150.000", "Iuran; November", "Sari", "31/12/2026 17:00", "0812-3456-7890"],
      ["", "75000", "Iuran", "Anton, SH", "2026-12-31", ""],
    ];
    const text = [names, ...bills].map((cells) => cells.map((cell) => `"${cell}"`).join("\t")).join("\n");
    const bytes = toWorkbook(toRows([names, ...bills]));
    const expected = await read(text);
    expect(expected).toMatchObject({ outcome: "read", bills: [{ line: 2 }, { line: 3 }] });
    expect(await parseBillFile({ kind: "workbook", bytes }, rules)).toEqual(expected);
  });

  test.each([
    [{ kind: "workbook", bytes: toWorkbook("") } as const, { because: "empty" }],
    [{ kind: "workbook", bytes: Uint8Array.of(0x50, 0x4b, 3, 4) } as const, { because: "not_a_workbook" }],
    [{ kind: "old_workbook" } as const, { because: "old_workbook" }],
    [
      {
        kind: "workbook",
        bytes: toWorkbook(
          `${toRows([["code", "amount", "description", "name", "valid_until"]])}<row><c><v>8896510000000001</v></c></row>`,
        ),
      } as const,
      { because: "long_number", line: 2, column: "code", value: "8896510000000001" },
    ],
  ])("refuses a file that is no workbook of bills: %j", async (file, fault) => {
    expect(await parseBillFile(file, rules)).toEqual({ outcome: "wrong_file", fault });
  });

  test("takes no number with a part behind the point for thousands", async () => {
    const head = toRows([["amount", "description", "name", "valid_until"]]);
    const cells = ["Iuran", "Sari", "31/12/2026"].map((text) => `<c t="str"><v>${text}</v></c>`).join("");
    const bytes = toWorkbook(`${head}<row><c><v>150.125</v></c>${cells}</row>`);
    expect(await parseBillFile({ kind: "workbook", bytes }, rules)).toMatchObject({
      outcome: "wrong_rows",
      faults: [{ line: 2, column: "amount", because: "not_an_amount" }],
    });
  });

  test("refuses a table of more than ten thousand rows", async () => {
    const [head = "", line = ""] = row({ code: "", amount: "x" }).split("\n");
    expect(await read(`${head}\n${`${line}\n`.repeat(10_001)}`)).toEqual({
      outcome: "wrong_file",
      fault: { because: "too_many", line: 10_002 },
    });
  }, 120_000);

  test("stops at a thousand faults and says at which line", async () => {
    const lines = "x,Iuran,Sari,2026-12-31\n".repeat(1_100);
    const result = await read(`${head}\n${lines}`);
    expect(result).toMatchObject({ outcome: "wrong_rows", stoppedAt: 1_001 });
    expect(result.outcome === "wrong_rows" && result.faults).toHaveLength(1_000);
  }, 120_000);
});

describe("parseBillFile on a hostile file", () => {
  const head = "amount,description,name,valid_until";
  const size = 8 * 1024 * 1024;
  test.each([
    ["commas in the first line", ",".repeat(size), "too_many_cells", 1],
    ["commas in a row", `${head}\n${",".repeat(size)}`, "too_many_cells", 2],
    ["one cell without an end", `${head}\n${"x".repeat(size)}`, "line_too_long", 2],
    ["quotes", `${head}\n${'"'.repeat(size)}`, "open_quote", 2],
    ["line breaks in a quote", `${head}\n"${"\n".repeat(size)}`, "open_quote", 2],
    ["empty lines", `${head}\n${"\n".repeat(size)}`, "too_many", 100_001],
  ])(
    "refuses eight megabytes of %s early, at its line",
    async (_, text, because, line) => {
      const before = process.cpuUsage();
      expect(await read(text)).toMatchObject({ outcome: "wrong_file", fault: { because, line } });
      const { user, system } = process.cpuUsage(before);
      // In microseconds of work, whatever else the machine does. Taken apart whole, such a file cost eleven seconds.
      expect(user + system).toBeLessThan(4_000_000);
    },
    120_000,
  );

  test("lets timers fire while thousands of rows are checked", async () => {
    let fired = 0;
    const timer = setInterval(() => (fired += 1), 1);
    await read(`${head}\n${"150000,Iuran,Sari,2026-12-31\n".repeat(2_000)}`);
    clearInterval(timer);
    expect(fired).toBeGreaterThan(0);
  }, 120_000);

  test("lets timers fire while a hostile file is taken apart", async () => {
    let fired = 0;
    const timer = setInterval(() => (fired += 1), 1);
    await read(`${head}\n${"\n".repeat(size)}`);
    clearInterval(timer);
    expect(fired).toBeGreaterThan(0);
  }, 120_000);
});
