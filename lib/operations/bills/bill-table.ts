import { toShownText } from "@/lib/parsing/safe-text";
import type { TableFault, TableRow } from "@/lib/parsing/table";
import { BrokenArchive, openArchive } from "@/lib/parsing/xlsx/archive";
import { readSheet } from "@/lib/parsing/xlsx/sheet";
import { readWorkbook } from "@/lib/parsing/xlsx/workbook";
import { countLineBreaks, maxCells, maxRowLength, parseCsv } from "./csv";
import type { BillFile } from "./decode-file";
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
  | { because: "empty" | "not_a_workbook" | "old_workbook" }
  | { because: "nul" | "too_many"; line: number }
  | { because: "missing_column" | "unknown_column" | "repeated_column"; line: number; column: string }
  | { because: TableFault["because"]; line: number; column: string; value: string };

/** One row by the names of its columns. */
export type BillRow = {
  line: number;
  /** The first value that stands under no column's name: an amount such as 150,000 becomes two cells of a comma table. */
  surplus: string | undefined;
  cells: Partial<Record<string, string>>;
};

/** Takes a table apart: a workbook, or a text with cells between commas, semicolons or tabs. */
export async function parseBillTable(file: BillFile, giveWay: GiveWay): Promise<BillRow[] | FileFault> {
  switch (file.kind) {
    case "text":
      return parseText(file.text, giveWay);
    case "workbook":
      return parseWorkbook(file.bytes, giveWay);
    case "old_workbook":
      return { because: "old_workbook" };
  }
}

async function parseText(text: string, giveWay: GiveWay): Promise<BillRow[] | FileFault> {
  const nul = text.indexOf("\u0000");
  // PostgreSQL stores no NUL, and no spreadsheet writes one.
  if (nul >= 0) return { because: "nul", line: 1 + countLineBreaks(text.slice(0, nul)) };
  const { delimiter, ...start } = findStart(text);
  const parser = parseCsv({ text, ...start }, delimiter);
  const table = new BillTable();
  for (let step = parser.next(); ; step = parser.next()) {
    if (step.done) return table.end(step.value);
    await giveWay();
    if (!table.take(step.value)) return table.end();
  }
}

async function parseWorkbook(bytes: Uint8Array, giveWay: GiveWay): Promise<BillRow[] | FileFault> {
  const table = new BillTable();
  const limits = { maxCells, maxRowLength };
  try {
    const archive = await openArchive(bytes);
    const book = await readWorkbook(archive);
    return table.end(await readSheet(archive, book, limits, (row) => table.take(row), giveWay));
  } catch (error) {
    if (error instanceof BrokenArchive) return { because: "not_a_workbook" };
    throw error;
  }
}

/** Collects the rows of a table; the first row that is not empty names the columns, in any order. */
class BillTable {
  #names: string[] | undefined;
  #rows: BillRow[] = [];
  #fault: FileFault | undefined;

  /** @returns false when no further row is wanted */
  take(row: TableRow): boolean {
    if (row.line > maxLines) return this.#stop({ because: "too_many", line: row.line });
    if (row.cells.every((cell) => cell === "")) return true;
    if (this.#names) {
      if (this.#rows.length === maxBills) return this.#stop({ because: "too_many", line: row.line });
      this.#rows.push(toBillRow(row, this.#names));
      return true;
    }
    this.#names = row.cells.map((name) => name.toLowerCase().replaceAll(/[\s-]+/g, "_"));
    const wrong = findHeaderFault(this.#names, row.line);
    return wrong ? this.#stop(wrong) : true;
  }

  /** @param fault why there are no further rows, unless the table has ended */
  end(fault?: TableFault): BillRow[] | FileFault {
    if (this.#fault) return this.#fault;
    if (fault) return toFileFault(fault, this.#names ?? []);
    return this.#rows.length > 0 ? this.#rows : { because: "empty" };
  }

  #stop(fault: FileFault): false {
    this.#fault = fault;
    return false;
  }
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

const toBillRow = ({ line, cells }: TableRow, names: readonly string[]): BillRow => ({
  line,
  surplus: cells.find((cell, at) => cell !== "" && !names[at]),
  cells: Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ""])),
});

const toFileFault = ({ because, line, cell, value }: TableFault, names: readonly string[]): FileFault => ({
  because,
  line,
  column: names[cell] || String(cell + 1),
  value: toShownText(value, 60),
});
