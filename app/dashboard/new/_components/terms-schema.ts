import type { z } from "zod";
import { toLengthProblem } from "@/app/dashboard/_components/form-problems";
import type { Problem } from "@/app/dashboard/_components/form-problems";
import { parseRupiah } from "@/lib/payment/rupiah";
import type { Share } from "@/lib/payment/settlement";
import { Terms } from "@/lib/payment/terms";
import { footerFields, getShareFields, policyFields, shareLines } from "./field-names";
import type { FieldName, ShareLine } from "./field-names";
import type { Problems } from "./form-problems";
import type { FormParts } from "./offers";

/** The fields as they were typed, by their names. */
export type TypedFields = Record<string, string>;

/** Parses what the merchant asks for beside the bill. `terms` is undefined when a field is wrong. */
export function parseTerms(
  fields: TypedFields,
  parts: FormParts,
): { terms: Terms | undefined; shares: readonly Share[]; problems: Problems } {
  const getText = (name: FieldName): string => fields[name]?.trim() ?? "";
  const lines = parts.shares ? shareLines.filter((line) => isFilled(line, getText)) : [];
  const footer = parts.footer.map(getText);
  const hasPolicy = parts.insurance && policyFields.some((name) => getText(name) !== "");
  const settlement = lines.map((line) => toShare(line, getText));
  const parsed = Terms.safeParse({
    ...(getText("info") !== "" && { info: getText("info") }),
    ...(footer.some((line) => line !== "") && { footer }),
    ...(parts.receiptDescription &&
      getText("receiptDescription") !== "" && { description: getText("receiptDescription") }),
    ...(hasPolicy && { insurance: Object.fromEntries(policyFields.map((name) => [name, getText(name)])) }),
    // An empty list means no shares; without it the merchant's usual shares would be used.
    ...(parts.shares && { settlement }),
  });
  const problems: Problems = {};
  for (const issue of parsed.error?.issues ?? []) {
    const field = findField(issue.path, lines);
    if (field) problems[field] ??= toProblem(issue, field);
  }
  // Their sums are checked even where a text beside them is wrong.
  const shares = Terms.shape.settlement.safeParse(settlement).data ?? [];
  return { terms: parsed.data, shares, problems };
}

type GetText = (name: FieldName) => string;

function isFilled(line: ShareLine, getText: GetText): boolean {
  const { account, value } = getShareFields(line);
  return getText(account) !== "" || getText(value) !== "";
}

function toShare(line: ShareLine, getText: GetText) {
  const { account, type, value } = getShareFields(line);
  const isPercent = getText(type) === "PERCENTAGE";
  return {
    account: getText(account),
    type: getText(type),
    value: (isPercent ? parsePercent : parseRupiah)(getText(value)),
  };
}

/** Whole percent only: "2.5" is invalid, and must not become 25. */
function parsePercent(text: string): number | undefined {
  const digits = /^(\d{1,3})\s*%?$/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The field of the page that a part of the terms was typed in. */
function findField([part, at, member]: PropertyKey[], lines: readonly ShareLine[]): FieldName | undefined {
  switch (part) {
    case "info":
      return "info";
    case "description":
      return "receiptDescription";
    case "footer":
      return footerFields[Number(at)];
    case "insurance":
      return policyFields.find((name) => name === at);
    case "settlement": {
      const line = lines[Number(at)];
      if (line === undefined) return "shares";
      return getShareFields(line)[member === "account" || member === "type" ? member : "value"];
    }
    default:
      return undefined;
  }
}

function toProblem(issue: z.core.$ZodIssue, field: FieldName): Problem {
  if (field.startsWith("shareAccount")) return { key: "shareAccount" };
  if (field.startsWith("share")) return { key: "shareValue" };
  if (issue.code === "too_small") return { key: "policy" };
  return toLengthProblem(issue) ?? { key: "unprintable" };
}
