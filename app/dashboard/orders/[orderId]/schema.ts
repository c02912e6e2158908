import { z } from "zod";
import { lengthProblem } from "@/app/dashboard/new/_components/make-problems";
import type { Problem } from "@/app/dashboard/new/_components/make-problems";
import { ContactEmail } from "@/lib/channels/contact";
import type { Wish } from "@/lib/operations/changes/change-payment";
import { parseRupiah } from "@/lib/payment/rupiah";
import { Terms } from "@/lib/payment/terms";

const names = ["amount", "name", "email", "info"] as const;
export type WishField = (typeof names)[number];
export type Typed = Record<WishField, string>;

/** What was typed, to be typed by nobody again. */
export const typedIn = (form: FormData): Typed => {
  const typed = (name: WishField): string => {
    const value = form.get(name);
    return typeof value === "string" ? value.slice(0, 500) : "";
  };
  return { amount: typed("amount"), name: typed("name"), email: typed("email"), info: typed("info") };
};

export type ReadWish =
  { outcome: "read"; wish: Wish } | { outcome: "invalid"; problems: Partial<Record<WishField, Problem>> };

const text = z.string().trim();

const Details = z.object({
  // As long as a till's display takes one; the checkout's rule.
  name: text.min(1).max(40),
  email: text.pipe(z.union([z.literal(""), ContactEmail])),
  info: text.transform((typed) => typed || undefined).pipe(Terms.shape.info),
});

const words = { name: "name", email: "email", info: "unprintable" } as const;

const isNamed = (field: unknown): field is keyof typeof words =>
  typeof field === "string" && Object.hasOwn(words, field);

/** What is wished for by what was typed, or everything that is wrong with it. */
export function readWish(kind: Wish["kind"], typed: Typed): ReadWish {
  switch (kind) {
    case "cancel":
    case "extend":
      return { outcome: "read", wish: { kind } };
    case "amount": {
      const amount = parseRupiah(typed.amount);
      return amount === undefined
        ? { outcome: "invalid", problems: { amount: { word: "amount" } } }
        : { outcome: "read", wish: { kind, amount } };
    }
    case "details":
      return readDetails(typed);
  }
}

function readDetails(typed: Typed): ReadWish {
  const read = Details.safeParse(typed);
  if (read.success) {
    const { info = "", ...rest } = read.data;
    return { outcome: "read", wish: { kind: "details", details: { ...rest, info } } };
  }
  const problems: Partial<Record<WishField, Problem>> = {};
  for (const issue of read.error.issues) {
    const field = issue.path[0];
    if (isNamed(field)) problems[field] ??= lengthProblem(issue) ?? { word: words[field] };
  }
  return { outcome: "invalid", problems };
}
