import type { z } from "zod";
import { parseRupiah } from "@/lib/payment/rupiah";
import type { Share } from "@/lib/payment/settlement";
import { Terms } from "@/lib/payment/terms";
import { footerFields, policyFields, shareFields, shareLines } from "./field-names";
import type { FieldName } from "./field-names";
import { lengthProblem } from "./make-problems";
import type { Problem, Problems } from "./make-problems";
import type { Parts } from "./offers";

/** What the merchant asks for beside the bill. `terms` is undefined when something of it is wrong. */
export function readTerms(
  form: FormData,
  parts: Parts,
): { terms: Terms | undefined; shares: readonly Share[]; problems: Problems } {
  const typed = (name: FieldName): string => {
    const value = form.get(name);
    return typeof value === "string" ? value.trim() : "";
  };
  const lines = parts.shares ? shareLines.filter((line) => isFilled(line, typed)) : [];
  const footer = parts.footer.map(typed);
  const hasPolicy = parts.insurance && policyFields.some((name) => typed(name) !== "");
  const settlement = lines.map((line) => shareIn(line, typed));
  const read = Terms.safeParse({
    ...(typed("info") !== "" && { info: typed("info") }),
    ...(footer.some((line) => line !== "") && { footer }),
    ...(parts.receiptDescription &&
      typed("receiptDescription") !== "" && { description: typed("receiptDescription") }),
    ...(hasPolicy && { insurance: Object.fromEntries(policyFields.map((name) => [name, typed(name)])) }),
    // None at all is a choice too: without it the merchant's usual shares would be taken.
    ...(parts.shares && { settlement }),
  });
  const problems: Problems = {};
  for (const issue of read.error?.issues ?? []) {
    const field = fieldOf(issue.path, lines);
    if (field) problems[field] ??= problemOf(issue, field);
  }
  // Their sums are judged even where a text beside them is wrong.
  const shares = Terms.shape.settlement.safeParse(settlement).data ?? [];
  return { terms: read.data, shares, problems };
}

type Typed = (name: FieldName) => string;

const isFilled = (line: number, typed: Typed): boolean => {
  const { account, value } = shareFields(line);
  return typed(account) !== "" || typed(value) !== "";
};

function shareIn(line: number, typed: Typed) {
  const { account, type, value } = shareFields(line);
  const isPercent = typed(type) === "PERCENTAGE";
  return {
    account: typed(account),
    type: typed(type),
    value: (isPercent ? percentIn : parseRupiah)(typed(value)),
  };
}

/** Whole percent alone: "2.5" is none, and must not be taken for 25. */
const percentIn = (text: string): number | undefined => {
  const digits = /^(\d{1,3})\s*%?$/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
};

/** Where on the page a part of the terms stands. */
function fieldOf([part, at, member]: PropertyKey[], lines: readonly number[]): FieldName | undefined {
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
      return shareFields(line)[member === "account" || member === "type" ? member : "value"];
    }
    default:
      return undefined;
  }
}

function problemOf(issue: z.core.$ZodIssue, field: FieldName): Problem {
  if (field.startsWith("shareAccount")) return { word: "shareAccount" };
  if (field.startsWith("share")) return { word: "shareValue" };
  if (issue.code === "too_small") return { word: "policy" };
  return lengthProblem(issue) ?? { word: "unprintable" };
}
