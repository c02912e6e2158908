import { ContactEmail, toIndonesianPhone } from "@/lib/channels/contact";
import { toShownText } from "@/lib/parsing/safe-text";
import { parseBillTime } from "@/lib/payment/bill-time";
import { validateMerchantCode } from "@/lib/payment/merchant-code";
import type { MerchantCodeFault, MerchantCodeRules } from "@/lib/payment/merchant-code";
import { parseOwnCode } from "@/lib/payment/own-code";
import type { PaymentCode } from "@/lib/payment/payment-code";
import { parseRupiah } from "@/lib/payment/rupiah";
import type { Rupiah } from "@/lib/payment/rupiah";
import { Terms } from "@/lib/payment/terms";
import { hasVisibleText } from "@/lib/payment/visible-text";
import { billColumns, requiredColumns, parseBillTable } from "./bill-table";
import type { BillColumn, BillRow, FileFault } from "./bill-table";
import type { BillFile } from "./decode-file";
import { createGiveWay } from "./give-way";

/** A file with more faults has the same fault in every row. */
const maxFaults = 1_000;

/** A valid row of a file. Without `code` one is generated. */
export type ParsedBill = {
  line: number;
  code: PaymentCode | undefined;
  amount: Rupiah;
  description: string;
  contact: { name: string; email: string; phone: string };
  expiresAt: Date;
  terms: Terms;
};

export type RowFault = {
  /** As a spreadsheet counts: line 1 holds the column names. */
  line: number;
  /** undefined when the fault is not in one column. */
  column: BillColumn | undefined;
  /** What stands there, shortened and with nothing invisible in it. */
  value: string;
  because:
    | "too_many_cells"
    | "line_break"
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

export type ParseBillFile =
  | { outcome: "read"; bills: ParsedBill[] }
  | { outcome: "wrong_file"; fault: FileFault }
  /** `stoppedAt` is the last line that was checked, when there are too many faults to go on. */
  | { outcome: "wrong_rows"; faults: RowFault[]; stoppedAt?: number };

type Rules = { code: MerchantCodeRules; now: Date };

/**
 * Parses a table of bills: column names in the first line, in any order.
 * Gives way to other work, so a large or hostile file delays nothing but itself.
 */
export async function parseBillFile(file: BillFile, rules: Rules): Promise<ParseBillFile> {
  const giveWay = createGiveWay();
  const table = await parseBillTable(file, giveWay);
  if (!Array.isArray(table)) return { outcome: "wrong_file", fault: table };
  const faults: RowFault[] = [];
  const bills: ParsedBill[] = [];
  const seen = new Set<PaymentCode>();
  for (const row of table) {
    await giveWay();
    const bill = parseRow(row, rules, faults);
    if (bill) bills.push(bill);
    faults.push(...findRepeatedCode(bill, seen));
    if (faults.length >= maxFaults) return { outcome: "wrong_rows", faults, stoppedAt: row.line };
  }
  return faults.length > 0 ? { outcome: "wrong_rows", faults } : { outcome: "read", bills };
}

function parseRow(
  { line, surplus, cells }: BillRow,
  rules: Rules,
  faults: RowFault[],
): ParsedBill | undefined {
  const before = faults.length;
  if (surplus !== undefined) {
    faults.push({
      line,
      column: undefined,
      value: toShownText(surplus, maxShown),
      because: "too_many_cells",
    });
    return undefined;
  }
  const cell = (column: BillColumn): string => cells[column] ?? "";
  const fail = (column: BillColumn, because: RowFault["because"]): undefined =>
    void faults.push({ line, column, value: toShownText(cell(column), maxShown), because });
  // A quote that is not closed swallows the rows up to the next one, which must not be lost in a name.
  for (const column of billColumns) if (/[\r\n]/.test(cell(column))) fail(column, "line_break");
  if (faults.length > before) return undefined;
  for (const column of requiredColumns) if (!hasVisibleText(cell(column))) fail(column, "missing");
  const [amount, expiresAt] = [
    parseAmount(cell("amount"), fail),
    parseExpiry(cell("valid_until"), rules, fail),
  ];
  const read = {
    line,
    description: cell("description"),
    contact: parseContact(cell, fail),
    terms: parseTerms(cell, rules, fail),
  };
  for (const fault of validateRow({ cell, amount, terms: read.terms }, rules)) fail(...fault);
  if (faults.length > before || amount === undefined || expiresAt === undefined) return undefined;
  return { ...read, code: toCode(cell("code"), rules), amount, expiresAt };
}

/** As much of a value as a table of faults has room for. */
const maxShown = 60;

type Fail = (column: BillColumn, because: RowFault["because"]) => undefined;
type Cell = (column: BillColumn) => string;

/** Applies the rules for merchant codes to a row. Empty cells are checked elsewhere. */
function validateRow(
  { cell, amount, terms }: { cell: Cell; amount: Rupiah | undefined; terms: Terms },
  { code: rules }: Rules,
): [BillColumn, RowFault["because"]][] {
  const policyColumn = Object.values(termsColumns).find((column) => cell(column) !== "");
  const faults = validateMerchantCode(rules, {
    codeKind: "dipc",
    code: cell("code"),
    amount,
    ...(hasVisibleText(cell("description")) && { description: cell("description") }),
    ...(hasVisibleText(cell("name")) && { customerName: cell("name") }),
    terms: { ...terms, insurance: policyColumn },
  });
  return faults.flatMap((fault) => toRowFault(fault, policyColumn));
}

function toRowFault(
  fault: MerchantCodeFault,
  policyColumn: BillColumn | undefined,
): [BillColumn, RowFault["because"]][] {
  switch (fault.field) {
    case "code":
    case "amount":
    case "footer":
      return [[fault.field, fault.because]];
    case "itemDescription":
      return [["description", fault.because]];
    case "customerName":
      return [["name", fault.because]];
    // Reported, because a policy that is left out would be noticed only at the till.
    case "insurance":
      return [[policyColumn ?? "policy_type", fault.because]];
    // A table has none of these fields, and the import has already checked that bills are possible.
    case "channel":
    case "codeKind":
    case "expiresInMinutes":
    case "reusable":
    case "description":
    case "settlement":
      return [];
  }
}

function toCode(text: string, { code: { bin } }: Rules): PaymentCode | undefined {
  const read = text === "" || !bin ? undefined : parseOwnCode(text, bin);
  return read?.outcome === "read" ? read.code : undefined;
}

function parseAmount(text: string, fail: Fail): Rupiah | undefined {
  return !hasVisibleText(text) ? undefined : (parseRupiah(text) ?? fail("amount", "not_an_amount"));
}

function parseExpiry(text: string, { now }: Rules, fail: Fail): Date | undefined {
  if (!hasVisibleText(text)) return undefined;
  const time = parseBillTime(text);
  if (time === undefined) return fail("valid_until", "not_a_time");
  return time <= now ? fail("valid_until", "in_the_past") : time;
}

function parseContact(cell: Cell, fail: Fail): ParsedBill["contact"] {
  const [email, phone] = [cell("email"), cell("phone")];
  if (email !== "" && !ContactEmail.safeParse(email).success) fail("email", "not_an_email");
  const digits = phone === "" ? "" : (toIndonesianPhone(phone) ?? fail("phone", "not_a_phone") ?? "");
  return { name: cell("name"), email, phone: digits };
}

const termsColumns = {
  policyType: "policy_type",
  policyNumber: "policy_number",
  policyAccountName: "policy_account_name",
  policyStatus: "policy_status",
  billDueDate: "bill_due_date",
} as const satisfies Record<string, BillColumn>;

function parseTerms(cell: Cell, { code }: Rules, fail: Fail): Terms {
  const policy = Object.entries(termsColumns).map(([name, column]) => ({ name, column, text: cell(column) }));
  const isInsured = policy.some(({ text }) => text !== "");
  if (isInsured && code.insurance)
    for (const { column, text } of policy) if (text === "") fail(column, "incomplete");
  const read = Terms.safeParse({
    ...(cell("info") !== "" && { info: cell("info") }),
    ...(cell("footer") !== "" && { footer: cell("footer").split("|") }),
    ...(isInsured && { insurance: Object.fromEntries(policy.map(({ name, text }) => [name, text])) }),
  });
  if (read.success) return read.data;
  for (const { path, code } of read.error.issues) {
    const column = findColumn(path);
    if (column && cell(column) !== "") fail(column, code === "too_big" ? "too_long" : "not_printable");
  }
  return {};
}

/** The column that holds a member of the terms. */
function findColumn([first, second]: PropertyKey[]): BillColumn | undefined {
  if (first === "info" || first === "footer") return first;
  return Object.entries(termsColumns).find(([name]) => name === second)?.[1];
}

/** Two open bills cannot have one code: a till could not tell them apart. */
function findRepeatedCode(bill: ParsedBill | undefined, seen: Set<PaymentCode>): RowFault[] {
  if (bill?.code === undefined) return [];
  const { code, line } = bill;
  if (seen.has(code)) return [{ line, column: "code", value: code, because: "twice_in_file" }];
  seen.add(code);
  return [];
}
