import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toRows, toWorkbook, toZip } from "@/test/harness/xlsx-file";
import type { TableRow } from "../table";
import { BrokenArchive, maxUnpackedBytes, openArchive } from "./archive";
import { readSheet } from "./sheet";
import { readWorkbook } from "./workbook";

const fixture = (name: string) =>
  readFileSync(path.join(import.meta.dirname, "../../../test/fixtures/bills", name));

async function read(bytes: Uint8Array, limits = { maxCells: 50, maxRowLength: 10_000 }) {
  const rows: TableRow[] = [];
  const archive = await openArchive(bytes);
  const book = await readWorkbook(archive);
  const fault = await readSheet(
    archive,
    book,
    limits,
    (row) => rows.push(row) < 200_000,
    async () => undefined,
  );
  return { rows, fault };
}

/** Overwrites the middle of the sheet's packed bytes. */
function damage(bytes: Uint8Array): Uint8Array {
  const at = Buffer.from(bytes).indexOf("sheet1.xml");
  return bytes.fill(0, at + 60, at + 90);
}

const cells = async (bytes: Uint8Array) => (await read(bytes)).rows.map((row) => row.cells);
const refused = (bytes: Uint8Array) => expect(read(bytes)).rejects.toThrow(BrokenArchive);
const styles = (formats: string, xfs: string) => ({
  name: "xl/styles.xml",
  content: `<styleSheet><numFmts>${formats}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${xfs}</cellXfs></styleSheet>`,
});

describe("a workbook of a real program", () => {
  test("openpyxl: the first visible sheet, with texts, numbers, dates and gaps as a person sees them", async () => {
    const { rows, fault } = await read(fixture("openpyxl.xlsx"));
    expect(fault).toBeUndefined();
    expect(rows.map(({ line }) => line)).toEqual([1, 2, 3, 4]);
    expect(rows.map((row) => row.cells).slice(1)).toEqual([
      [
        "8896510000000007",
        "150000",
        "Iuran November",
        "Sari Dewi",
        "2099-12-31 17:00:00",
        "sari@example.com",
        "0812-3456-7890",
        "Terima kasih",
      ],
      ["", "75000", "Iuran November", "Anton Budiman", "2099-12-31", "", "81234567890"],
      ["", "Rp150.000,00", 'Kelas "A", ulang', "Ñandú — 山田", "31/12/2099"],
    ]);
  });

  test("XlsxWriter: days from 1904 on, a text in two formats, a formula's value, and the numbers of lines", async () => {
    const { rows } = await read(fixture("xlsxwriter.xlsx"));
    expect(rows.slice(1)).toEqual([
      { line: 2, cells: ["2099-12-31 23:59:30", "Sari Dewi", "150000", "Iuran"] },
      { line: 5, cells: ["2099-01-02", "Anton", "92000", "Baris lima"] },
    ]);
  });
});

describe("a cell", () => {
  test.each([
    [`<c><v>150000</v></c>`, "150000"],
    [`<c><v>1.5E5</v></c>`, "150000"],
    [`<c><v>150000.5</v></c>`, "150000.5"],
    [`<c><v>150.125</v></c>`, "150.1250"],
    [`<c t="str"><v>&#128512; &#x1F600; &amp;lt;</v></c>`, "😀 😀 &lt;"],
    [`<c><v>999999999999999</v></c>`, "999999999999999"],
    [`<c t="b"><v>1</v></c>`, "TRUE"],
    [`<c t="str"><f>A1</f><v>Sari &amp; Dewi</v></c>`, "Sari & Dewi"],
    [`<c t="inlineStr"><is><r><t>Sari </t></r><r><t>Dewi</t></r></is></c>`, "Sari Dewi"],
    [`<c t="inlineStr"><is><t>a_x000A_b</t></is></c>`, "a\nb"],
    [`<c t="inlineStr"><is><t><![CDATA[<Sari>]]></t></is></c>`, "<Sari>"],
    [`<c t="d"><v>2026-12-31T17:00:00.000Z</v></c>`, "2026-12-31 17:00:00"],
    [`<x:c xmlns:x="y"><x:v>7</x:v></x:c>`, "7"],
  ])("is read as a person sees it: %s", async (xml, text) => {
    expect(await cells(toWorkbook(`<row>${xml}</row>`))).toEqual([[text]]);
  });

  test.each([
    [`<c t="e"><v>#REF!</v></c>`, "cell_error"],
    [`<c><v>8896510000000000</v></c>`, "long_number"],
    [`<c><v>8.8965100000000006E+15</v></c>`, "long_number"],
    [`<c><v>1E300</v></c>`, "long_number"],
    [`<c><v>abc</v></c>`, "unreadable"],
    [`<c><f>A1+1</f></c>`, "unreadable"],
    [`<c t="s"><v>9</v></c>`, "unreadable"],
    [`<c r="XFD1"><v>1</v></c>`, "too_many_cells"],
    [`<c r="B1"><v>1</v></c><c r="A1"><v>1</v></c>`, "unreadable"],
  ])("that cannot be told stops the reading by name: %s", async (xml, because) => {
    const { fault, rows } = await read(toWorkbook(`<row r="3">${xml}</row><row r="4"><c><v>1</v></c></row>`));
    expect(fault).toMatchObject({ because, line: 3 });
    expect(rows).toEqual([]);
  });

  test("with a format for dates is a date, also in the merchant's own format, and others stay numbers", async () => {
    const formats = `<numFmt numFmtId="170" formatCode="[$-421]dd mmmm yyyy;@"/><numFmt numFmtId="171" formatCode="&quot;dd&quot; #,##0 [Red]"/>`;
    const files = [
      styles(formats, `<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/>`),
    ];
    const row = [0, 1, 2, 3].map((style) => `<c s="${style}"><v>46387</v></c>`).join("");
    expect(await cells(toWorkbook(`<row>${row}</row>`, { files }))).toEqual([
      ["46387", "2026-12-31", "2026-12-31", "46387"],
    ]);
  });
});

test("merged cells, of which only the first has a value, are named", async () => {
  const bytes = toWorkbook(
    `${toRows([["a", "b"]])}</sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells><sheetData>`,
  );
  expect((await read(bytes)).fault).toMatchObject({ because: "merged_cells", value: "A2:A3" });
});

test("a row of more characters than the limit stops the reading", async () => {
  const { fault } = await read(toWorkbook(toRows([["a".repeat(6000), "b".repeat(6000)]])));
  expect(fault).toMatchObject({ because: "line_too_long", line: 1, cell: 1 });
});

describe("a workbook that is none, or a hostile one, is refused", () => {
  test.each<[string, Uint8Array]>([
    ["an archive of something else", toZip([{ name: "mimetype", content: "application/vnd.oasis" }])],
    ["an archive that is cut off", toWorkbook(toRows([["a"]])).slice(0, -30)],
    [
      "an archive whose content is cut off",
      damage(toWorkbook(toRows(Array.from({ length: 99 }, (_, at) => [`Sari ${at}`])))),
    ],
    ["broken XML", toWorkbook(`<row><c></row>`)],
    [
      "a workbook whose sheets are all hidden",
      toWorkbook("", { sheets: `<sheet state="veryHidden" r:id="r1"/>` }),
    ],
    ["a sheet that is missing", toWorkbook("", { sheets: `<sheet r:id="r2"/>` })],
    ["a tag without an end", toWorkbook(`<row a="${"x".repeat(600_000)}`)],
  ])("%s", async (_, bytes) => {
    await refused(bytes);
  });

  test("an archive that unpacks to more than the limit, and one that lies about it", async () => {
    const huge = " ".repeat(maxUnpackedBytes + 1);
    await refused(toWorkbook(huge));
    const file = { name: "xl/worksheets/sheet2.xml", content: `<a>${huge}</a>` };
    await refused(toWorkbook("", { sheets: `<sheet r:id="r2"/>`, files: [{ ...file, declaredSize: 10 }] }));
  });

  test("a document type with entities of its own expands nothing", async () => {
    const content = `<!DOCTYPE x [<!ENTITY a "${"b".repeat(1000)}">]><worksheet><sheetData><row><c t="str"><v>&a;&a;</v></c></row></sheetData></worksheet>`;
    const files = [{ name: "xl/worksheets/sheet2.xml", content }];
    const result = await read(toWorkbook("", { sheets: `<sheet r:id="r2"/>`, files })).catch(() => undefined);
    expect(JSON.stringify(result ?? "")).not.toContain("bbb");
  });

  test("a cell far away costs no memory for the cells before it", async () => {
    const { fault, rows } = await read(toWorkbook(`<row r="1048576"><c r="AX1048576"><v>1</v></c></row>`));
    expect(fault).toBeUndefined();
    expect(rows).toMatchObject([{ line: 1_048_576 }]);
    expect(rows[0]?.cells).toHaveLength(50);
  });
});

test("any table of texts is read as it was written", async () => {
  const text = fc
    .string({ unit: "grapheme", maxLength: 20 })
    .map((one) => one.replaceAll(/[\p{C}_]|\s+/gu, " ").trim());
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(text, { minLength: 1, maxLength: 6 }), { maxLength: 8 }),
      async (table) => {
        const written = table.map((row) => row.slice(0, row.findLastIndex((cell) => cell !== "") + 1));
        expect(await cells(toWorkbook(toRows(table)))).toEqual(written.filter((row) => row.length > 0));
      },
    ),
    { numRuns: 100 },
  );
});
