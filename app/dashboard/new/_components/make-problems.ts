import type { z } from "zod";
import type { Locale } from "next-intl";
import { formatRupiah } from "@/components/rupiah";
import type { Words } from "@/components/words";
import type { MakeFault } from "@/lib/operations/payments/create-merchant-payment";
import { longestOwnCode } from "@/lib/payment/own-code";
import type { Messages } from "@/lib/server/i18n/i18n";
import { footerFields } from "./field-names";
import type { FieldName } from "./field-names";
import type { Offer } from "./offers";

export type MessageKey = keyof Messages["dashboard"]["make"]["errors"];

/** A sentence of the catalogue with what goes into it. `limit` is whole rupiah. */
export type Problem = { word: MessageKey; most?: number; limit?: number; bin?: string };
export type Problems = Partial<Record<FieldName, Problem>>;

/** The field that a person has to mend, and what is wrong there. */
export function problemOf(fault: MakeFault, offer: Offer | undefined): Problems {
  switch (fault.field) {
    case "channel":
      return { channel: { word: fault.because === "switched_off" ? "channelOff" : "channel" } };
    case "codeKind":
      return { codeKind: { word: "kindOff" } };
    case "code":
      return { code: { word: fault.because, ...codeRule(offer) } };
    case "amount":
      return { amount: { word: fault.because, limit: fault.limit } };
    case "itemDescription":
      return { description: fault.because === "missing" ? { word: "description" } : tooLong(fault.most) };
    case "customerName":
      return { name: fault.because === "missing" ? { word: "name" } : tooLong(fault.most) };
    case "expiresInMinutes":
      return { lasts: { word: "lasts" } };
    case "reusable":
      return { reusable: { word: "not_offered" } };
    case "insurance":
      return { policyType: { word: "not_offered" } };
    case "footer": {
      const problems: Problems = {};
      problems[footerFields[fault.line - 1] ?? "footer1"] = { word: "not_offered" };
      return problems;
    }
    case "description":
      return { receiptDescription: { word: "not_offered" } };
    case "settlement":
      return { shares: { word: fault.because === "switched_off" ? "not_offered" : fault.because } };
  }
}

const tooLong = (most: number): Problem => ({ word: "long", most });

const codeRule = (offer: Offer | undefined) =>
  offer?.bin ? { bin: offer.bin.digits, most: longestOwnCode(offer.bin) } : {};

/** undefined for any other problem than too many letters. */
export const lengthProblem = (issue: z.core.$ZodIssue): Problem | undefined =>
  issue.code === "too_big" && issue.origin === "string"
    ? { word: "long", most: Number(issue.maximum) }
    : undefined;

/** In the words of the page's language. */
export const sentenceOf = (
  { word, limit, ...values }: Problem,
  t: Words<"dashboard.make.errors">,
  locale: Locale,
): string => t(word, { ...values, ...(limit !== undefined && { limit: formatRupiah(limit, locale) }) });
