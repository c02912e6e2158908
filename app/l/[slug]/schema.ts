import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import { RupiahText } from "@/app/_components/rupiah-text";
import type { Address } from "@/lib/channels/channel";
import { IndonesianPhone } from "@/lib/channels/contact";
import { splitName } from "@/lib/channels/texts";
import { fitsLinkPrice, linkTextLimits } from "@/lib/payment/payment-link";
import type { Asking, Asks, LinkPrice } from "@/lib/payment/payment-link";
import type { Rupiah } from "@/lib/payment/rupiah";
import { visibleText } from "@/lib/payment/visible-text";

/** The fields in the order of the page. */
export const fieldNames = ["amount", "name", "phone", "address", "city", "postalCode", "note"] as const;
export type FieldName = (typeof fieldNames)[number];
export type LinkFields = { [Name in FieldName | "key"]?: string | undefined };

/** A key of the catalogue's `link.errors`. */
export type Problem = Exclude<FieldName, "name"> | "nameMissing" | "nameLong";

export type LinkFormInput = {
  amount: Rupiah;
  name: string;
  phone: string | undefined;
  shipping: Address | undefined;
  note: string | undefined;
};

const place = {
  address: visibleText(200),
  city: visibleText(64),
  postalCode: z
    .string()
    .trim()
    .regex(/^\d{5}$/),
};
const phone = z.string().trim().pipe(IndonesianPhone);
const blank = z
  .string()
  .trim()
  .pipe(z.literal(""))
  .optional()
  .transform(() => undefined);

/** A field that is not asked for is ignored, whatever was sent. */
function ask<T>(asking: Asking, schema: z.ZodType<T>): z.ZodType<T | undefined> {
  if (asking === "required") return schema;
  return asking === "optional"
    ? z.union([blank, schema])
    : z
        .unknown()
        .optional()
        .transform(() => undefined);
}

/** Parses the form of a link's page by what this link asks for. */
export const parseLinkForm = (fields: FormData, terms: { price: LinkPrice; asks: Asks }) =>
  parseWithZod(fields, {
    schema: getSchema(terms, isPlaceTyped(fields)),
    disableAutoCoercion: true,
    formatError: (issues: z.core.$ZodIssue[]): string[] => issues.slice(0, 1).map(toProblem),
  });

/** An address is given whole, with a phone number, or not at all. */
const isPlaceTyped = (fields: FormData): boolean =>
  (["address", "city", "postalCode"] as const).some((name) => String(fields.get(name) ?? "").trim() !== "");

function getSchema(
  { price, asks }: { price: LinkPrice; asks: Asks },
  isPlaceGiven: boolean,
): z.ZodType<LinkFormInput> {
  const sendsTo = asks.address === "required" || (asks.address === "optional" && isPlaceGiven);
  const isAsked = sendsTo ? "required" : "no";
  return z
    .object({
      amount:
        price.amount === null
          ? RupiahText.refine((amount) => fitsLinkPrice(price, amount))
          : z
              .unknown()
              .optional()
              .transform(() => price.amount),
      name: visibleText(40),
      phone: ask(sendsTo ? "required" : asks.phone, phone),
      address: ask(isAsked, place.address),
      city: ask(isAsked, place.city),
      postalCode: ask(isAsked, place.postalCode),
      note: ask(asks.note, visibleText(linkTextLimits.note)),
    })
    .transform(({ address, city, postalCode, ...buyer }) => ({
      ...buyer,
      shipping: toShipping({ ...buyer, address, city, postalCode }),
    }));
}

type Typed = { [Key in "address" | "city" | "postalCode" | "phone"]: string | undefined } & { name: string };

const toShipping = ({ name, phone: number, address, city, postalCode }: Typed): Address | undefined =>
  number !== undefined && address !== undefined && city !== undefined && postalCode !== undefined
    ? { ...splitName(name), phone: number, address, city, postalCode }
    : undefined;

function toProblem({ code, path }: z.core.$ZodIssue): Problem {
  const field = fieldNames.find((name) => name === path[0]) ?? "name";
  if (field !== "name") return field;
  return code === "too_big" ? "nameLong" : "nameMissing";
}
