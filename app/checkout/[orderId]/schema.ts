import { z } from "zod";
import type { Address, Contact } from "@/lib/channels/channel";
import { ContactEmail, IndonesianPhone } from "@/lib/channels/contact";
import { splitName } from "@/lib/channels/texts";

/** The fields in the order of the page: the first wrong one takes the focus. */
export const fieldNames = [
  "channel",
  "name",
  "phone",
  "email",
  "address",
  "city",
  "postalCode",
  "shipAddress",
  "shipCity",
  "shipPostalCode",
] as const;
export type FieldName = (typeof fieldNames)[number];

/** A key of the catalogue's `checkout.errors`. */
export type Problem =
  "channel" | "nameMissing" | "nameLong" | "phone" | "email" | "address" | "city" | "postalCode";

const blank = z.literal("");
const email = z.string().trim().pipe(ContactEmail);
const phone = z.string().trim().pipe(IndonesianPhone);
const street = z.string().trim().min(1).max(200);
const city = z.string().trim().min(1).max(64);
const postalCode = z
  .string()
  .trim()
  .regex(/^\d{5}$/);
const name = z.string().trim().min(1).max(40);

const ForCode = z.object({
  name,
  email: z.union([z.string().trim().pipe(blank), email]),
  phone: z.union([z.string().trim().pipe(blank), phone]),
});
const ForBilling = z.object({ name, email, phone, address: street, city, postalCode });
const ForDelivery = ForBilling.extend({
  shipAddress: street,
  shipCity: city,
  shipPostalCode: postalCode,
});

/** What the chosen way to pay has to know, and whether something is sent by post. */
export type Wanted = { asks: "name" | "addresses"; ships: boolean };

export type ReadForm =
  | { outcome: "read"; contact: Contact; billing: Address | undefined; shipping: Address | undefined }
  | { outcome: "invalid"; problems: Partial<Record<FieldName, Problem>> };

/** Checks the checkout form. Fields that the chosen way does not ask for are not looked at. */
export function readCheckoutForm(form: FormData, { asks, ships }: Wanted): ReadForm {
  const fields = Object.fromEntries(form);
  if (asks === "name") {
    const read = ForCode.safeParse(fields);
    return read.success
      ? { outcome: "read", contact: read.data, billing: undefined, shipping: undefined }
      : invalid(read.error, fields);
  }
  const isElsewhere = ships && form.get("sameAddress") !== "on";
  const read = isElsewhere ? ForDelivery.safeParse(fields) : ForBilling.safeParse(fields);
  if (!read.success) return invalid(read.error, fields);
  const { name, email, phone, address, city, postalCode } = read.data;
  const billing = { ...splitName(name), phone, address, city, postalCode };
  return {
    outcome: "read",
    contact: { name, email, phone },
    billing,
    shipping: ships ? { ...billing, ...deliveryOf(read.data) } : undefined,
  };
}

/** Only where the delivery goes differs; the person is the same. */
function deliveryOf(data: z.infer<typeof ForBilling> | z.infer<typeof ForDelivery>) {
  if (!("shipAddress" in data)) return {};
  return { address: data.shipAddress, city: data.shipCity, postalCode: data.shipPostalCode };
}

const problemOf: Record<FieldName, Problem> = {
  channel: "channel",
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

function invalid(error: z.ZodError, fields: Record<string, FormDataEntryValue>): ReadForm {
  const wrong = new Set(error.issues.map(({ path }) => path[0]));
  const entries = fieldNames.filter((field) => wrong.has(field)).map((field) => [field, problemOf[field]]);
  const problems: Partial<Record<FieldName, Problem>> = Object.fromEntries(entries);
  if (problems.name && String(fields["name"] ?? "").trim() !== "") problems.name = "nameLong";
  return { outcome: "invalid", problems };
}
