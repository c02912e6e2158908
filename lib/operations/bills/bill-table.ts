import { parse } from "csv-parse/sync";
import { z } from "zod";

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

export type FileFault =
  | { because: "unreadable" | "empty" | "too_many" }
  | { because: "missing_column" | "unknown_column"; column: string };

/** One row by the names of its columns. */
export type BillRow = { line: number; isTooLong: boolean; cells: Partial<Record<string, string>> };

const Parsed = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.int() }) }));

/** Parses a table: cells separated by comma, semicolon or tab, column names in the first line, in any order. */
export function parseBillTable(text: string): BillRow[] | FileFault {
  let parsed: z.infer<typeof Parsed>;
  try {
    const shape = { bom: true, delimiter: detectDelimiter(text), relax_column_count: true, trim: true };
    parsed = Parsed.parse(parse(text, { ...shape, skip_empty_lines: true, info: true, to: maxBills + 2 }));
  } catch {
    return { because: "unreadable" };
  }
  const [head, ...rest] = parsed.filter(({ record }) => record.some((cell) => cell !== ""));
  const names = head?.record.map((name) => name.toLowerCase().replaceAll(/[\s-]+/g, "_")) ?? [];
  const fault = findHeaderFault(names);
  if (fault) return fault;
  if (rest.length === 0) return { because: "empty" };
  if (rest.length > maxBills) return { because: "too_many" };
  return rest.map(({ record, info }) => ({
    line: info.lines,
    // An amount such as 150,000 becomes two cells when the comma separates cells.
    isTooLong: record.slice(names.length).some((cell) => cell !== ""),
    cells: Object.fromEntries(names.map((name, at) => [name, record[at] ?? ""])),
  }));
}

/** Spreadsheets in Indonesia use semicolons, others commas. No column name contains either. */
function detectDelimiter(text: string): string {
  const head = text.split(/\r?\n/, 1)[0] ?? "";
  const count = (delimiter: string) => head.split(delimiter).length;
  return [",", ";", "\t"].reduce((best, next) => (count(next) > count(best) ? next : best));
}

function findHeaderFault(names: string[]): FileFault | undefined {
  if (names.length === 0) return { because: "empty" };
  const missing = requiredColumns.find((column) => !names.includes(column));
  if (missing) return { because: "missing_column", column: missing };
  const known = new Set<string>(billColumns);
  const unknown = names.find((name) => name !== "" && !known.has(name));
  // A misspelt "footer" that is ignored would be noticed only at the till.
  return unknown === undefined ? undefined : { because: "unknown_column", column: unknown.slice(0, 40) };
}
