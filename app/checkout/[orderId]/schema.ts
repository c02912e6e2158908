import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import type { Address, Contact } from "@/lib/channels/channel";
import { ContactEmail, IndonesianPhone } from "@/lib/channels/contact";
import { splitName } from "@/lib/channels/texts";
import { visibleText } from "@/lib/payment/visible-text";

/** The fields in the order of the page. */
export const fieldNames = [
  "channel",
  "name",
  "phone",
  "email",
  "address",
  "city",
  "postalCode",
  "sameAddress",
  "shipAddress",
  "shipCity",
  "shipPostalCode",
] as const;
export type FieldName = (typeof fieldNames)[number];
export type CheckoutFields = { [Name in FieldName]?: string | undefined };

/** A key of the catalogue's `checkout.errors`. */
export type Problem =
  "channel" | "nameMissing" | "nameLong" | "phone" | "email" | "address" | "city" | "postalCode";

const blank = z.literal("");
const email = z.string().trim().pipe(ContactEmail);
const phone = z.string().trim().pipe(IndonesianPhone);
const street = visibleText(200);
const city = visibleText(64);
const postalCode = z
  .string()
  .trim()
  .regex(/^\d{5}$/);
const name = visibleText(40);

const ForCode = z.object({
  name,
  phone: z.union([z.string().trim().pipe(blank), phone]),
  email: z.union([z.string().trim().pipe(blank), email]),
});
const ForBilling = z.object({ name, phone, email, address: street, city, postalCode });
const ForDelivery = ForBilling.extend({
  shipAddress: street,
  shipCity: city,
  shipPostalCode: postalCode,
});

/** What the chosen method asks for, and whether the order is shipped. */
export type RequiredDetails = { asks: "name" | "addresses"; ships: boolean };

export type CheckoutInput = {
  contact: Contact;
  billing: Address | undefined;
  shipping: Address | undefined;
};

/** Parses the checkout form. Fields that the chosen method does not ask for are ignored. */
export const parseCheckoutForm = (
  fields: FormData,
  required: RequiredDetails,
  toSentence: (problem: Problem) => string,
) =>
  parseWithZod(fields, {
    schema: getSchema(required, fields.get("sameAddress") === "on"),
    disableAutoCoercion: true,
    formatError: (issues: z.core.$ZodIssue[]) =>
      issues.slice(0, 1).map((issue) => toSentence(toProblem(issue))),
  });

function getSchema({ asks, ships }: RequiredDetails, isSameAddress: boolean): z.ZodType<CheckoutInput> {
  if (asks === "name")
    return ForCode.transform((contact) => ({ contact, billing: undefined, shipping: undefined }));
  if (!ships) return ForBilling.transform((data) => ({ ...toBilling(data), shipping: undefined }));
  if (isSameAddress)
    return ForBilling.transform(toBilling).transform((input) => ({ ...input, shipping: input.billing }));
  return ForDelivery.transform(({ shipAddress, shipCity, shipPostalCode, ...data }) => {
    const input = toBilling(data);
    // Only the place of delivery differs; the person is the same.
    const place = { address: shipAddress, city: shipCity, postalCode: shipPostalCode };
    return { ...input, shipping: { ...input.billing, ...place } };
  });
}

const toBilling = ({ name, email, phone, ...place }: z.infer<typeof ForBilling>) => ({
  contact: { name, email, phone },
  billing: { ...splitName(name), phone, ...place },
});

const problems: Record<string, Problem> = {
  name: "nameMissing",
  phone: "phone",
  email: "email",
  address: "address",
  city: "city",
  postalCode: "postalCode",
  shipAddress: "address",
  shipCity: "city",
  shipPostalCode: "postalCode",
};

function toProblem({ code, path }: z.core.$ZodIssue): Problem {
  const problem = problems[String(path[0])] ?? "channel";
  return problem === "nameMissing" && code === "too_big" ? "nameLong" : problem;
}
