import { toTillText } from "@/lib/channels/texts";
import { toTillDisplay } from "@/lib/channels/till-display";
import { inGroups } from "@/components/payment/in-groups";
import { formatRupiah } from "@/lib/payment/format-rupiah";
import { policyFields } from "./field-names";
import type { FormValues } from "./field-names";
import type { Choice } from "./choices";
import type { FormParts } from "./offers";

/** A till's paper takes this many characters a line (docs/doku-protocol.md#47-receipt-footer). */
export const paperWidth = 40;

/** The language of the tills, whatever the page's. */
const words = {
  code: "Kode bayar",
  codeByDoku: "(dari DOKU)",
  codeToCome: "(dibuatkan)",
  name: "Nama",
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

export type PreviewInput = {
  values: FormValues;
  choice: Choice;
  parts: FormParts;
  merchantName: string;
};

/** What the cashier reads before taking the money. */
export function formatTillLines(input: PreviewInput): string[] {
  const { name, info } = toDisplay(input);
  return [
    ...formatRow(words.code, formatCode(input)),
    ...formatRow(words.name, name),
    ...formatRow(words.info, info),
    ...formatPolicy(input),
    ...formatRow(words.amount, formatAmount(input.values)),
  ];
}

/** The receipt of the customer. Layouts differ by store; the texts are the merchant's. */
export function formatReceiptLines(input: PreviewInput): string[] {
  const { values, choice, parts } = input;
  const rule = "-".repeat(paperWidth);
  const described = parts.receiptDescription
    ? formatRow(words.for, toPaperText(values.receiptDescription) || toPaperText(values.description))
    : [];
  const footer = parts.footer.map((name) => toPaperText(values[name]));
  const usedFooter = footer.slice(0, footer.findLastIndex((line) => line !== "") + 1);
  // DOKU requires a footer from channels that print a description, so they have a default one.
  const usual = parts.receiptDescription ? [words.thanks] : [];
  return [
    center(choice.name.toUpperCase()),
    rule,
    ...formatRow(words.code, formatCode(input)),
    ...formatRow(words.name, toDisplay(input).name),
    ...described,
    ...formatPolicy(input),
    rule,
    ...formatRow(words.total, formatAmount(values)),
    rule,
    ...(usedFooter.length > 0 ? usedFooter : usual),
  ];
}

const toPaperText = (text: string | undefined): string => toTillText(text ?? "", paperWidth);

const toDisplay = ({ values: { name = "", info = "" }, merchantName }: PreviewInput) =>
  toTillDisplay({
    contact: { name },
    terms: info.trim() === "" ? {} : { info },
    merchantName,
  });

function formatCode({ values, choice, parts }: PreviewInput): string {
  if (!parts.code) return words.codeByDoku;
  const digits = (values.code ?? "").replaceAll(/\D/g, "").slice(0, 25);
  return digits === "" ? `${choice.bin}... ${words.codeToCome}` : inGroups(digits).join(" ");
}

function formatAmount({ amount = "" }: FormValues): string {
  const digits = amount.replaceAll(/\D/g, "").replace(/^0+/, "").slice(0, 15);
  return digits === "" ? "Rp-" : formatRupiah(Number(digits), "id");
}

function formatPolicy({ values, parts }: PreviewInput): string[] {
  if (!parts.insurance || policyFields.every((name) => toPaperText(values[name]) === "")) return [];
  return policyFields.flatMap((name) => formatRow(words[name], toPaperText(values[name])));
}

/** A name at the left and a value at the right; on two lines where one is too narrow. */
function formatRow(name: string, value: string): string[] {
  const gap = paperWidth - name.length - value.length;
  return gap >= 1
    ? [name + " ".repeat(gap) + value]
    : [name.slice(0, paperWidth), value.slice(0, paperWidth).padStart(paperWidth)];
}

const center = (text: string): string =>
  " ".repeat(Math.max(0, Math.floor((paperWidth - text.length) / 2))) + text.slice(0, paperWidth);
