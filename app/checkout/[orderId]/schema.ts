import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import type { Address, Contact } from "@/lib/channels/channel";
import { ContactEmail, IndonesianPhone } from "@/lib/channels/contact";
import { splitName } from "@/lib/channels/texts";
import type { GivenDetails } from "@/lib/operations/checkout/given-details";
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

const email = z.string().trim().pipe(ContactEmail);
const phone = z.string().trim().pipe(IndonesianPhone);
const street = visibleText(200);
const city = visibleText(64);
const postalCode = z
  .string()
  .trim()
  .regex(/^\d{5}$/);
const name = visibleText(40);

const optional = (schema: z.ZodType<string>) => z.union([z.string().trim().pipe(z.literal("")), schema]);

const delivery = { shipAddress: street, shipCity: city, shipPostalCode: postalCode };
type TypedName = Exclude<FieldName, "channel" | "sameAddress">;
type Typed = { [Name in TypedName]?: string | undefined };

/** What the chosen method asks for, whether the order is shipped, and what the form need not ask for. */
export type RequiredDetails = { asks: "name" | "addresses"; ships: boolean; given?: GivenDetails };

export type CheckoutInput = {
  contact: Contact;
  billing: Address | undefined;
  shipping: Address | undefined;
};

/**
 * Parses the checkout form, and completes it with what was given. Fields that the chosen method does not ask for are
 * ignored. What was given is in the value alone, never in the reply that the browser gets.
 */
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

function getSchema(required: RequiredDetails, isSameAddress: boolean): z.ZodType<CheckoutInput> {
  const { asks, ships, given = {} } = required;
  const isAsked = {
    name: !given.name,
    // A till needs neither, so they are not asked for beside a name that is known.
    phone: !given.phone && (asks === "addresses" || !given.name),
    email: !given.email && (asks === "addresses" || !given.name),
    billing: asks === "addresses" && !given.billing,
    shipping: asks === "addresses" && ships && !given.shipping && !isSameAddress,
  };
  const shape: { [Name in TypedName]?: z.ZodType<string> } = {
    ...(isAsked.name && { name }),
    ...(isAsked.phone && { phone: asks === "name" ? optional(phone) : phone }),
    ...(isAsked.email && { email: asks === "name" ? optional(email) : email }),
    ...(isAsked.billing && { address: street, city, postalCode }),
    ...(isAsked.shipping && delivery),
  };
  return z.object(shape).transform((typed) => toCheckoutInput(typed as Typed, required));
}

function toCheckoutInput(typed: Typed, { asks, ships, given = {} }: RequiredDetails): CheckoutInput {
  const contact = {
    name: given.name ?? typed.name ?? "",
    email: given.email ?? typed.email ?? "",
    phone: given.phone ?? typed.phone ?? "",
  };
  if (asks === "name") return { contact, billing: undefined, shipping: undefined };
  const { address = "", city: town = "", postalCode: code = "" } = typed;
  const billing = given.billing ?? {
    ...splitName(contact.name),
    ...{ phone: contact.phone, address, city: town, postalCode: code },
  };
  return {
    contact,
    billing,
    shipping: ships ? (given.shipping ?? toShipping(typed, billing)) : undefined,
  };
}

/** Only the place of delivery differs; the person is the same. */
const toShipping = ({ shipAddress, shipCity, shipPostalCode }: Typed, billing: Address): Address =>
  shipAddress === undefined || shipCity === undefined || shipPostalCode === undefined
    ? billing
    : { ...billing, address: shipAddress, city: shipCity, postalCode: shipPostalCode };

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
