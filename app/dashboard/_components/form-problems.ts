import type { z } from "zod";
import type { Locale } from "next-intl";
import { formatRupiah } from "@/lib/payment/format-rupiah";
import type { Translator } from "@/components/translator";
import type { Messages } from "@/lib/server/i18n/i18n";

export type MessageKey = keyof Messages["dashboard"]["make"]["errors"];

/** What is wrong with a field: a key of the catalogue and its values. `limit` is whole rupiah. */
export type Problem = { key: MessageKey; most?: number; limit?: number; bin?: string };

/** In the language of the page. */
export const toSentence = (
  { key, limit, ...values }: Problem,
  t: Translator<"dashboard.make.errors">,
  locale: Locale,
): string => t(key, { ...values, ...(limit !== undefined && { limit: formatRupiah(limit, locale) }) });

/** A form's answer holds texts only; the page puts the problem into the words of its language. */
export const encodeProblem = (problem: Problem): string => JSON.stringify(problem);

export const decodeProblem = (
  encoded: string,
  t: Translator<"dashboard.make.errors">,
  locale: Locale,
): string => toSentence(JSON.parse(encoded) as Problem, t, locale);

/** undefined for any other problem than too many letters. */
export const toLengthProblem = (issue: z.core.$ZodIssue): Problem | undefined =>
  issue.code === "too_big" && issue.origin === "string"
    ? { key: "long", most: Number(issue.maximum) }
    : undefined;
