import { z } from "zod";
import { lengthProblem } from "@/app/dashboard/new/_components/make-problems";
import type { Problem } from "@/app/dashboard/new/_components/make-problems";
import { ContactEmail } from "@/lib/channels/contact";
import type { CodeChangeRequest } from "@/lib/payment/change-request";
import { CustomerName } from "@/lib/payment/merchant-code";
import { parseRupiah } from "@/lib/payment/rupiah";
import { Terms } from "@/lib/payment/terms";

const names = ["amount", "name", "email", "info"] as const;
export type ChangeField = (typeof names)[number];
export type Typed = Record<ChangeField, string>;

/** What was typed, to be typed by nobody again. */
export const typedIn = (form: FormData): Typed => {
  const typed = (name: ChangeField): string => {
    const value = form.get(name);
    return typeof value === "string" ? value.slice(0, 500) : "";
  };
  return { amount: typed("amount"), name: typed("name"), email: typed("email"), info: typed("info") };
};

export type ParsedChangeForm =
  | { outcome: "read"; request: CodeChangeRequest }
  | { outcome: "invalid"; problems: Partial<Record<ChangeField, Problem>> };

const text = z.string().trim();

const Details = z.object({
  name: CustomerName,
  email: text.pipe(z.union([z.literal(""), ContactEmail])),
  info: text.transform((typed) => typed || undefined).pipe(Terms.shape.info),
});

const words = { name: "name", email: "email", info: "unprintable" } as const;

const isNamed = (field: unknown): field is keyof typeof words =>
  typeof field === "string" && Object.hasOwn(words, field);

/** The change that was typed, or everything that is wrong with it. */
export function parseChangeForm(kind: CodeChangeRequest["kind"], typed: Typed): ParsedChangeForm {
  switch (kind) {
    case "cancel":
    case "extend":
      return { outcome: "read", request: { kind } };
    case "amount": {
      const amount = parseRupiah(typed.amount);
      return amount === undefined
        ? { outcome: "invalid", problems: { amount: { word: "amount" } } }
        : { outcome: "read", request: { kind, amount } };
    }
    case "details":
      return readDetails(typed);
  }
}

function readDetails(typed: Typed): ParsedChangeForm {
  const read = Details.safeParse(typed);
  if (read.success) {
    const { info = "", ...rest } = read.data;
    return { outcome: "read", request: { kind: "details", details: { ...rest, info } } };
  }
  const problems: Partial<Record<ChangeField, Problem>> = {};
  for (const issue of read.error.issues) {
    const field = issue.path[0];
    if (isNamed(field)) problems[field] ??= lengthProblem(issue) ?? { word: words[field] };
  }
  return { outcome: "invalid", problems };
}
