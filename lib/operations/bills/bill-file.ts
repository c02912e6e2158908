import { parse } from "csv-parse/sync";
import { z } from "zod";
import type { ChannelFeatures, ChannelLimits } from "@/lib/channels/channel";
import { ContactEmail, toIndonesianPhone } from "@/lib/channels/contact";
import { readBillTime } from "@/lib/payment/bill-time";
import { readOwnCode } from "@/lib/payment/own-code";
import type { PaymentCode } from "@/lib/payment/payment-code";
import { parseRupiah } from "@/lib/payment/rupiah";
import type { Rupiah } from "@/lib/payment/rupiah";
import { Terms } from "@/lib/payment/terms";

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
const needed: readonly BillColumn[] = ["amount", "description", "name", "valid_until"];

/** More than this takes a database too long in one transaction. */
export const mostBills = 10_000;

/** One bill of a file, read and right by itself. `code` undefined: one is to be made. */
export type ReadBill = {
  line: number;
  code: PaymentCode | undefined;
  amount: Rupiah;
  description: string;
  contact: { name: string; email: string; phone: string };
  expiresAt: Date;
  terms: Terms;
};

export type RowFault = {
  /** As a spreadsheet counts: the first line is the one of the names. */
  line: number;
  /** undefined when the row as a whole is at fault. */
  column: BillColumn | undefined;
  because:
    | "too_many_cells"
    | "missing"
    | "not_digits"
    | "other_bin"
    | "too_short"
    | "too_long"
    | "twice_in_file"
    | "taken"
    | "not_an_amount"
    | "above_limit"
    | "below_limit"
    | "not_a_time"
    | "in_the_past"
    | "not_printable"
    | "not_an_email"
    | "not_a_phone"
    | "incomplete"
    | "not_offered";
};

export type FileFault =
  | { because: "unreadable" | "empty" | "too_many" }
  | { because: "missing_column" | "unknown_column"; column: string };

export type ReadBillFile =
  | { outcome: "read"; bills: ReadBill[] }
  | { outcome: "wrong_file"; fault: FileFault }
  | { outcome: "wrong_rows"; faults: RowFault[] };

type Rules = {
  features: Pick<ChannelFeatures, "bin" | "insurance">;
  limits: Pick<ChannelLimits, "min" | "max">;
  now: Date;
};

/** Reads a table of bills: comma or semicolon between cells, names of the columns in the first line, in any order. */
export function readBillFile(text: string, rules: Rules): ReadBillFile {
  const table = tableOf(text);
  if ("because" in table) return { outcome: "wrong_file", fault: table };
  const faults: RowFault[] = [];
  const bills = table.flatMap((row) => readRow(row, rules, faults) ?? []);
  faults.push(...repeated(bills));
  return faults.length > 0 ? { outcome: "wrong_rows", faults } : { outcome: "read", bills };
}

type Row = { line: number; isTooLong: boolean; cells: Partial<Record<string, string>> };

const Parsed = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.int() }) }));

function tableOf(text: string): Row[] | FileFault {
  let parsed: z.infer<typeof Parsed>;
  try {
    const shape = { bom: true, delimiter: delimiterOf(text), relax_column_count: true, trim: true };
    parsed = Parsed.parse(parse(text, { ...shape, skip_empty_lines: true, info: true, to: mostBills + 2 }));
  } catch {
    return { because: "unreadable" };
  }
  const [head, ...rest] = parsed.filter(({ record }) => record.some((cell) => cell !== ""));
  const names = head?.record.map((name) => name.toLowerCase().replaceAll(/[\s-]+/g, "_")) ?? [];
  const fault = faultOfHead(names);
  if (fault) return fault;
  if (rest.length === 0) return { because: "empty" };
  if (rest.length > mostBills) return { because: "too_many" };
  return rest.map(({ record, info }) => ({
    line: info.lines,
    // An amount such as 150,000 falls into two cells where the comma is also what stands between cells.
    isTooLong: record.slice(names.length).some((cell) => cell !== ""),
    cells: Object.fromEntries(names.map((name, at) => [name, record[at] ?? ""])),
  }));
}

/** Spreadsheets in Indonesia write semicolons, those elsewhere commas; the names of the columns hold neither. */
function delimiterOf(text: string): string {
  const head = text.split(/\r?\n/, 1)[0] ?? "";
  const count = (delimiter: string) => head.split(delimiter).length;
  return [",", ";", "\t"].reduce((best, next) => (count(next) > count(best) ? next : best));
}

function faultOfHead(names: string[]): FileFault | undefined {
  if (names.length === 0) return { because: "empty" };
  const missing = needed.find((column) => !names.includes(column));
  if (missing) return { because: "missing_column", column: missing };
  const known = new Set<string>(billColumns);
  const unknown = names.find((name) => name !== "" && !known.has(name));
  // A misspelt "footer" left out in silence would be missed at the till only.
  return unknown === undefined ? undefined : { because: "unknown_column", column: unknown.slice(0, 40) };
}

function readRow({ line, isTooLong, cells }: Row, rules: Rules, faults: RowFault[]): ReadBill | undefined {
  const before = faults.length;
  if (isTooLong) {
    faults.push({ line, column: undefined, because: "too_many_cells" });
    return undefined;
  }
  const cell = (column: BillColumn): string => cells[column] ?? "";
  const fail = (column: BillColumn, because: RowFault["because"]): undefined =>
    void faults.push({ line, column, because });
  for (const column of needed) if (cell(column) === "") fail(column, "missing");
  const read = {
    line,
    code: readCode(cell("code"), rules, fail),
    amount: readAmount(cell("amount"), rules, fail),
    description: readText(cell("description"), { column: "description", most: 60 }, fail),
    contact: readContact(cell, fail),
    expiresAt: readExpiry(cell("valid_until"), rules, fail),
    terms: readTerms(cell, rules, fail),
  };
  const { amount, expiresAt } = read;
  if (faults.length > before || amount === undefined || expiresAt === undefined) return undefined;
  return { ...read, amount, expiresAt };
}

type Fail = (column: BillColumn, because: RowFault["because"]) => undefined;
type Cell = (column: BillColumn) => string;

function readCode(text: string, { features }: Rules, fail: Fail): PaymentCode | undefined {
  if (text === "" || !features.bin) return undefined;
  const read = readOwnCode(text, features.bin);
  return read.outcome === "read" ? read.code : fail("code", read.because);
}

function readAmount(text: string, { limits }: Rules, fail: Fail): Rupiah | undefined {
  if (text === "") return undefined;
  const amount = parseRupiah(text);
  if (amount === undefined) return fail("amount", "not_an_amount");
  if (amount > limits.max) return fail("amount", "above_limit");
  return amount < limits.min ? fail("amount", "below_limit") : amount;
}

function readExpiry(text: string, { now }: Rules, fail: Fail): Date | undefined {
  if (text === "") return undefined;
  const time = readBillTime(text);
  if (time === undefined) return fail("valid_until", "not_a_time");
  return time <= now ? fail("valid_until", "in_the_past") : time;
}

function readContact(cell: Cell, fail: Fail): ReadBill["contact"] {
  const [email, phone] = [cell("email"), cell("phone")];
  if (email !== "" && !ContactEmail.safeParse(email).success) fail("email", "not_an_email");
  const digits = phone === "" ? "" : (toIndonesianPhone(phone) ?? fail("phone", "not_a_phone") ?? "");
  return { name: readText(cell("name"), { column: "name", most: 40 }, fail), email, phone: digits };
}

function readText(text: string, { column, most }: { column: BillColumn; most: number }, fail: Fail): string {
  if (text.length > most) fail(column, "too_long");
  return text;
}

const termsColumns = {
  policyType: "policy_type",
  policyNumber: "policy_number",
  policyAccountName: "policy_account_name",
  policyStatus: "policy_status",
  billDueDate: "bill_due_date",
} as const satisfies Record<string, BillColumn>;

function readTerms(cell: Cell, { features }: Rules, fail: Fail): Terms {
  const policy = Object.entries(termsColumns).map(([name, column]) => ({ name, column, text: cell(column) }));
  const first = policy.find(({ text }) => text !== "");
  const isInsured = first !== undefined;
  // Left out in silence, a policy would be missed at the till only.
  if (first && !features.insurance) fail(first.column, "not_offered");
  else if (isInsured) for (const { column, text } of policy) if (text === "") fail(column, "incomplete");
  const read = Terms.safeParse({
    ...(cell("info") !== "" && { info: cell("info") }),
    ...(cell("footer") !== "" && { footer: cell("footer").split("|") }),
    ...(isInsured && { insurance: Object.fromEntries(policy.map(({ name, text }) => [name, text])) }),
  });
  if (read.success) return read.data;
  for (const { path, code } of read.error.issues) {
    const column = columnAt(path);
    if (column && cell(column) !== "") fail(column, code === "too_big" ? "too_long" : "not_printable");
  }
  return {};
}

/** Where in a row a member of the terms stands. */
function columnAt([first, second]: PropertyKey[]): BillColumn | undefined {
  if (first === "info" || first === "footer") return first;
  return Object.entries(termsColumns).find(([name]) => name === second)?.[1];
}

/** Two open bills under one code would leave a till to guess. */
function repeated(bills: readonly ReadBill[]): RowFault[] {
  const seen = new Set<PaymentCode>();
  return bills.flatMap(({ code, line }) => {
    if (code === undefined) return [];
    const isAgain = seen.has(code);
    seen.add(code);
    return isAgain ? [{ line, column: "code", because: "twice_in_file" } as const] : [];
  });
}
