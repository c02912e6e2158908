import { parse as parseReference } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { countLineBreaks, maxCells, maxRowLength, parseCsv } from "./csv";

function parse(text: string, delimiter = ",") {
  const parser = parseCsv({ text, at: 0, line: 1 }, delimiter);
  const rows = [];
  for (;;) {
    const { done, value } = parser.next();
    if (done) return value ?? rows;
    rows.push(value);
  }
}

test.each([
  ["plain cells, trimmed", " a , b\n", [{ line: 1, cells: ["a", "b"] }]],
  ["an empty last cell", "a,", [{ line: 1, cells: ["a", ""] }]],
  ["quoted cells", 'a, "b,""c""" ,d', [{ line: 1, cells: ["a", 'b,"c"', "d"] }]],
  ["a quote inside a cell", 'a,2" b', [{ line: 1, cells: ["a", '2" b'] }]],
  ["a code kept as text", '="001","=""002"""', [{ line: 1, cells: ["001", "002"] }]],
])("takes apart %s", (_, text, rows) => {
  expect(parse(text)).toEqual(rows);
});

test("counts the lines of all systems, inside of quotes too", () => {
  expect(parse('a\r\n"b\r\nc"\rd\n\ne')).toEqual([
    { line: 1, cells: ["a"] },
    { line: 2, cells: ["b\r\nc"] },
    { line: 4, cells: ["d"] },
    { line: 5, cells: [""] },
    { line: 6, cells: ["e"] },
  ]);
  expect(countLineBreaks("\r\n\r\n\n\r")).toBe(4);
});

test.each([
  ["a quote that does not close", 'a\nb,"c\nd', { because: "open_quote", line: 2, cell: 1, value: '"c' }],
  ["letters behind a quoted cell", '"a"b', { because: "open_quote", line: 1, cell: 0, value: '"a"b' }],
  [
    "the second cell of a row that goes over lines",
    '"a\n",""b',
    { because: "open_quote", line: 2, cell: 1, value: '""b' },
  ],
  [
    "too long a row",
    `a,${"b".repeat(maxRowLength)}`,
    { because: "line_too_long", line: 1, cell: 1, value: "b".repeat(200) },
  ],
  [
    "too many cells",
    `${",".repeat(maxCells)}z`,
    { because: "too_many_cells", line: 1, cell: maxCells, value: "z" },
  ],
])("stops at %s and names the place", (_, text, fault) => {
  expect(parse(text)).toEqual(fault);
});

test("takes as many cells and characters as are allowed", () => {
  expect(parse(",".repeat(maxCells - 1))).toHaveLength(1);
  expect(parse(`${"b".repeat(maxRowLength - 1)}\nc`)).toHaveLength(2);
});

test("takes apart what csv-parse takes apart: quoted and plain cells, any delimiter, lines of any system", () => {
  const letters = fc.constantFrom("a", "7", ",", ";", "\t", "|", "\n", '"', "é", " ");
  const quoted = fc.string({ unit: letters }).map((text) => `"x${text.replaceAll('"', '""')}x"`);
  const plain = fc.string({ unit: fc.constantFrom("a", "7", "é", " ", ".") });
  const table = fc.array(fc.array(fc.oneof(quoted, plain), { minLength: 2, maxLength: 8 }), { minLength: 1 });
  fc.assert(
    fc.property(
      table,
      fc.constantFrom(",", ";", "\t", "|"),
      fc.constantFrom("\n", "\r\n"),
      (rows, delimiter, end) => {
        const text = rows.map((cells) => cells.join(delimiter)).join(end);
        const expected = parseReference(text, {
          delimiter,
          trim: true,
          relax_column_count: true,
          record_delimiter: [end],
        });
        expect(parse(text, delimiter)).toMatchObject(expected.map((cells) => ({ cells })));
      },
    ),
  );
});
