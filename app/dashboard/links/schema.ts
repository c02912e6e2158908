import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import { RupiahText } from "@/app/_components/rupiah-text";
import { jakartaDate, parseJakartaDigits } from "@/lib/payment/jakarta-time";
import { askings, linkTextLimits, mostStock } from "@/lib/payment/payment-link";
import type { LinkPrice } from "@/lib/payment/payment-link";
import { hasVisibleText, visibleText } from "@/lib/payment/visible-text";

/** The fields of the form of a new link in the order of the page. */
export const newLinkFields = [
  "title",
  "description",
  "priceKind",
  "amount",
  "minAmount",
  "maxAmount",
  "stockKind",
  "count",
  "ends",
  "phone",
  "address",
  "note",
  "thanks",
] as const;
export const editLinkFields = ["title", "description", "stockKind", "count", "ends", "thanks"] as const;
export type LinkFieldName = (typeof newLinkFields)[number];
export type LinkFormValues = { [Name in LinkFieldName | "key"]?: string | undefined };

export const stockKinds = ["any", "once", "many"] as const;
export const priceKinds = ["fixed", "open"] as const;

/** A key of the catalogue's `dashboard.links.form.errors`. */
export type LinkProblem =
  | Exclude<LinkFieldName, "minAmount" | "maxAmount" | "address" | "note" | "phone">
  | "asks"
  | "phone"
  | "range"
  | "no_channel";

const dayMs = 24 * 60 * 60 * 1000;

/** The last day on which orders are made, `YYYY-MM-DD` in WIB; "" without an end. */
export const toLastDay = (endsAt: Date | null): string =>
  endsAt === null ? "" : jakartaDate(new Date(endsAt.getTime() - 1));

/** The end of a day in WIB. */
const EndOfDay = z.string().transform((day, context) => {
  if (day.trim() === "") return null;
  const midnight = parseJakartaDigits(`${day.trim().replaceAll("-", "")}000000`);
  if (midnight) return new Date(midnight.getTime() + dayMs);
  context.issues.push({ code: "custom", message: "no day", input: day });
  return z.NEVER;
});

/** A browser sends line breaks as CR LF. */
const toLines = (text: string): string => text.replaceAll("\r\n", "\n").trim();
const optionalText = (most: number) =>
  z
    .string()
    .transform(toLines)
    .pipe(z.string().max(most))
    .transform((text) => (hasVisibleText(text) ? text : null));

const texts = {
  title: visibleText(linkTextLimits.title),
  description: optionalText(linkTextLimits.description),
  thanks: optionalText(linkTextLimits.thanks),
  stockKind: z.enum(stockKinds),
  ends: EndOfDay,
};

const Count = z
  .string()
  .trim()
  .regex(/^\d{1,7}$/)
  .transform(Number)
  .pipe(z.int().min(1).max(mostStock));

/** The number is only for a link that can be paid several times. */
const getCount = (fields: FormData) =>
  fields.get("stockKind") === "many"
    ? Count
    : z
        .unknown()
        .optional()
        .transform(() => null);

const toTerms = <
  T extends { stockKind: (typeof stockKinds)[number]; count: number | null; ends: Date | null },
>({
  stockKind,
  count,
  ends,
  ...rest
}: T) => ({ ...rest, stock: stockKind === "once" ? 1 : count, endsAt: ends });

/** The fields of the other kind are ignored. */
const getPrice = (fields: FormData): z.ZodType<LinkPrice> => {
  const priceKind = z.enum(priceKinds);
  return fields.get("priceKind") === "open"
    ? z
        .object({ priceKind, minAmount: RupiahText, maxAmount: RupiahText })
        .transform(({ minAmount, maxAmount }) => ({ amount: null, minAmount, maxAmount }))
    : z
        .object({ priceKind, amount: RupiahText })
        .transform(({ amount }) => ({ amount, minAmount: null, maxAmount: null }));
};

const asks = { phone: z.enum(askings), address: z.enum(askings), note: z.enum(askings) };

/** Parses the form of a new link, and names everything that is wrong with it at once. */
export const parseNewLinkForm = (fields: FormData) =>
  parseWithZod(fields, {
    schema: z
      .intersection(
        z.object({ ...texts, ...asks, count: getCount(fields) }),
        getPrice(fields).transform((price) => ({ price })),
      )
      .transform(({ price, phone, address, note, ...rest }) => ({
        ...toTerms(rest),
        price,
        asks: { phone, address, note },
      })),
    disableAutoCoercion: true,
    formatError: toProblems,
  });

export const parseEditLinkForm = (fields: FormData) =>
  parseWithZod(fields, {
    schema: z.object({ ...texts, count: getCount(fields) }).transform((typed) => toTerms(typed)),
    disableAutoCoercion: true,
    formatError: toProblems,
  });

const toProblems = (issues: z.core.$ZodIssue[]): string[] =>
  issues.slice(0, 1).map(({ path }): LinkProblem => {
    const field = newLinkFields.find((name) => name === path[0]) ?? "title";
    if (field === "minAmount" || field === "maxAmount") return "amount";
    return field === "phone" || field === "address" || field === "note" ? "asks" : field;
  });
