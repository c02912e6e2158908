import { toShownText } from "@/lib/parsing/safe-text";
import { countLineBreaks, parseCsv } from "./csv";
import type { CsvFault, CsvRow } from "./csv";
import type { GiveWay } from "./give-way";

export const billColumns = [
  "code",
  "amount",
  "description",
  "name",
  "valid_until",
  "email",
  "phone",
  "info",
  "footer",
  "policy_type",
  "policy_number",
  "policy_account_name",
  "policy_status",
  "bill_due_date",
] as const;
export type BillColumn = (typeof billColumns)[number];
export const requiredColumns: readonly BillColumn[] = ["amount", "description", "name", "valid_until"];

/** A larger file takes too long in one transaction. */
export const maxBills = 10_000;
/** Spreadsheets write many empty rows behind a table; they are left out, up to a point. */
const maxLines = 100_000;

/** Why a file cannot be taken as a table. `line` counts as a spreadsheet does. */
export type FileFault =
  | { because: "empty" | "spreadsheet" }
  | { because: "nul" | "too_many"; line: number }
  | { because: "missing_column" | "unknown_column" | "repeated_column"; line: number; column: string }
  | { because: CsvFault["because"]; line: number; column: string; value: string };

/** One row by the names of its columns. */
export type BillRow = {
  line: number;
  /** The first value that stands under no column's name: an amount such as 150,000 becomes two cells of a comma table. */
  surplus: string | undefined;
  cells: Partial<Record<string, string>>;
};

/** Takes a table apart: cells separated by comma, semicolon or tab, column names in the first line, in any order. */
export async function parseBillTable(text: string, giveWay: GiveWay): Promise<BillRow[] | FileFault> {
  const fault = findContentFault(text);
  if (fault) return fault;
  const { delimiter, ...start } = findStart(text);
  const parser = parseCsv({ text, ...start }, delimiter);
  let names: string[] | undefined;
  const rows: BillRow[] = [];
  for (;;) {
    const step = parser.next();
    if (step.done) {
      if (step.value) return toFileFault(step.value, names ?? []);
      return rows.length > 0 ? rows : { because: "empty" };
    }
    const row = step.value;
    if (row.line > maxLines) return { because: "too_many", line: row.line };
    await giveWay();
    if (row.cells.every((cell) => cell === "")) continue;
    if (names) {
      if (rows.length === maxBills) return { because: "too_many", line: row.line };
      rows.push(toBillRow(row, names));
    } else {
      names = row.cells.map((name) => name.toLowerCase().replaceAll(/[\s-]+/g, "_"));
      const wrong = findHeaderFault(names, row.line);
      if (wrong) return wrong;
    }
  }
}

/** A ZIP archive, as XLSX and ODS are, and the container of XLS, in the letters of Windows-1252. */
const spreadsheetStarts = ["PK\u0003\u0004", "PK\u0005\u0006", "ÐÏ\u0011à"];

/** Faults that need no parsing. */
function findContentFault(text: string): FileFault | undefined {
  if (spreadsheetStarts.some((start) => text.startsWith(start))) return { because: "spreadsheet" };
  const nul = text.indexOf("\u0000");
  // PostgreSQL stores no NUL, and no spreadsheet writes one.
  return nul < 0 ? undefined : { because: "nul", line: 1 + countLineBreaks(text.slice(0, nul)) };
}

/** Where the table begins, and the character between its cells. */
function findStart(text: string): { at: number; line: number; delimiter: string } {
  // Excel's own way to name the character, in a line before the table.
  const told = /^\uFEFF?sep=([,;|\t])[^\S\r\n]*(?:\r\n|\r|\n)/i.exec(text);
  if (told) return { at: told[0].length, line: 2, delimiter: told[1] ?? "," };
  return { at: text.startsWith("\uFEFF") ? 1 : 0, line: 1, delimiter: detectDelimiter(text.slice(0, 1_000)) };
}

/** Spreadsheets in Indonesia use semicolons, others commas. No column name contains either. */
function detectDelimiter(beginning: string): string {
  const head = beginning.trimStart().split(/[\r\n]/, 1)[0] ?? "";
  const count = (delimiter: string) => head.split(delimiter).length;
  return [",", ";", "\t"].reduce((best, next) => (count(next) > count(best) ? next : best));
}

function findHeaderFault(names: readonly string[], line: number): FileFault | undefined {
  const missing = requiredColumns.find((column) => !names.includes(column));
  if (missing) return { because: "missing_column", line, column: missing };
  // Which of the two is meant is the merchant's to say.
  const repeated = names.find((name, at) => name !== "" && names.indexOf(name) !== at);
  if (repeated !== undefined) return { because: "repeated_column", line, column: toShownText(repeated, 40) };
  const known = new Set<string>(billColumns);
  const unknown = names.find((name) => name !== "" && !known.has(name));
  // A misspelt "footer" that is ignored would be noticed only at the till.
  return unknown === undefined
    ? undefined
    : { because: "unknown_column", line, column: toShownText(unknown, 40) };
}

const toBillRow = ({ line, cells }: CsvRow, names: readonly string[]): BillRow => ({
  line,
  surplus: cells.find((cell, at) => cell !== "" && !names[at]),
  cells: Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ""])),
});

const toFileFault = ({ because, line, cell, value }: CsvFault, names: readonly string[]): FileFault => ({
  because,
  line,
  column: names[cell] || String(cell + 1),
  value: toShownText(value, 60),
});
