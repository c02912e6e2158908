import { toTillText } from "@/lib/channels/texts";
import { inGroups } from "@/components/payment/in-groups";
import { formatRupiah } from "@/components/rupiah";
import { policyFields } from "./field-names";
import type { FormValues } from "./field-names";
import type { Choice, KindChoice } from "./choices";

/** A till's paper takes this many characters a line (docs/doku-protocol.md#47-receipt-footer). */
export const paperWidth = 40;

/** The language of the tills, whatever the page's. */
const words = {
  code: "Kode bayar",
  codeByDoku: "(dari DOKU)",
  codeToCome: "(dibuatkan)",
  name: "Nama",
  customer: "Pelanggan",
  info: "Info",
  for: "Untuk",
  amount: "Jumlah",
  total: "TOTAL",
  thanks: "Terima kasih",
  policyType: "Jenis polis",
  policyNumber: "No. polis",
  policyAccountName: "Pemegang",
  policyStatus: "Status polis",
  billDueDate: "Jatuh tempo",
} as const;

export type Drafted = {
  values: FormValues;
  choice: Choice;
  parts: KindChoice["parts"];
  merchantName: string;
};

/** What the cashier reads before taking the money. */
export function tillLines(drafted: Drafted): string[] {
  const { values, merchantName } = drafted;
  return [
    ...row(words.code, codeIn(drafted)),
    ...row(words.name, nameIn(values)),
    ...row(words.info, printable(values.info) || toTillText(merchantName, 30)),
    ...policyRows(drafted),
    ...row(words.amount, amountIn(values)),
  ];
}

/** What the customer takes home. Every store lays it out its own way; the words are the merchant's. */
export function receiptLines(drafted: Drafted): string[] {
  const { values, choice, parts } = drafted;
  const rule = "-".repeat(paperWidth);
  const described = parts.receiptDescription
    ? row(words.for, printable(values.receiptDescription) || printable(values.description))
    : [];
  const footer = parts.footer.map((name) => printable(values[name]));
  const usedFooter = footer.slice(0, footer.findLastIndex((line) => line !== "") + 1);
  // Of the channels that print a description DOKU demands a footer too, so that they have usual words.
  const usual = parts.receiptDescription ? [words.thanks] : [];
  return [
    center(choice.name.toUpperCase()),
    rule,
    ...row(words.code, codeIn(drafted)),
    ...row(words.name, nameIn(values)),
    ...described,
    ...policyRows(drafted),
    rule,
    ...row(words.total, amountIn(values)),
    rule,
    ...(usedFooter.length > 0 ? usedFooter : usual),
  ];
}

const printable = (text: string | undefined): string => toTillText(text ?? "", paperWidth);

const nameIn = ({ name }: FormValues): string => printable(name) || words.customer;

function codeIn({ values, choice, parts }: Drafted): string {
  if (!parts.code) return words.codeByDoku;
  const digits = (values.code ?? "").replaceAll(/\D/g, "").slice(0, 25);
  return digits === "" ? `${choice.bin}... ${words.codeToCome}` : inGroups(digits).join(" ");
}

function amountIn({ amount = "" }: FormValues): string {
  const digits = amount.replaceAll(/\D/g, "").replace(/^0+/, "").slice(0, 15);
  return digits === "" ? "Rp-" : formatRupiah(Number(digits), "id");
}

function policyRows({ values, parts }: Drafted): string[] {
  if (!parts.insurance || policyFields.every((name) => printable(values[name]) === "")) return [];
  return policyFields.flatMap((name) => row(words[name], printable(values[name])));
}

/** A name at the left and a value at the right; on two lines where one is too narrow. */
function row(name: string, value: string): string[] {
  const gap = paperWidth - name.length - value.length;
  return gap >= 1
    ? [name + " ".repeat(gap) + value]
    : [name.slice(0, paperWidth), value.slice(0, paperWidth).padStart(paperWidth)];
}

const center = (text: string): string =>
  " ".repeat(Math.max(0, Math.floor((paperWidth - text.length) / 2))) + text.slice(0, paperWidth);
