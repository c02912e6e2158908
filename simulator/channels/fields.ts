import { z } from "zod";
import { asObject } from "../core/json";
import type { Switches } from "../core/switches";

/** Printable ASCII: what "letters, digits, special" most likely means (protocol 4.2). */
export const InvoiceNumber = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\x20-\x7e]+$/);

export const mandatoryText = (limit: number) => z.string().min(1).max(limit);
export const optionalText = (limit: number) => z.string().max(limit).optional();

const InsuranceInfo = z.object({
  policy_type: optionalText(64),
  policy_number: optionalText(64),
  policy_account_name: optionalText(64),
  policy_status: optionalText(64),
  bill_due_date: optionalText(64),
});

/** Plugins send the value as a string and demand at least 1 (protocol 11.1). */
const Share = z.object({
  bank_account_settlement_id: mandatoryText(64),
  value: z.coerce.number().min(1),
  type: z.enum(["PERCENTAGE", "FIX"]),
});
const Settlement = z
  .array(Share)
  .refine((shares) => sumValues(shares.filter((share) => share.type === "PERCENTAGE")) <= 100);
const sumValues = (shares: { value: number }[]) => shares.reduce((sum, share) => sum + share.value, 0);

/** Loose: additional_info comes back as it was sent, whatever it holds. */
export const AdditionalInfo = z.looseObject({
  override_notification_url: z.url({ protocol: /^https?$/ }).optional(),
  insurance_info: InsuranceInfo.optional(),
  settlement: Settlement.optional(),
  account: z.looseObject({ id: mandatoryText(64) }).optional(),
});

export type ParsedFields<T> = { outcome: "valid"; fields: T } | { outcome: "invalid"; message: string };

/** Checks a body against a channel's fields, and for fields that the channel does not know where the switch says so. */
export function parseFields<T>(schema: z.ZodType<T>, body: unknown, switches?: Switches): ParsedFields<T> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) return { outcome: "invalid", message: describeInvalidField(parsed.error, body) };
  if (switches?.refuse_unknown_fields && hasUnknownField(body, parsed.data)) {
    return { outcome: "invalid", message: "Invalid JSON Format" };
  }
  return { outcome: "valid", fields: parsed.data };
}

/** The first error, worded as in the samples: `order.amount is mandatory`. */
function describeInvalidField(error: z.ZodError, body: unknown): string {
  const issue = error.issues[0];
  const path = issue?.path.map(String) ?? [];
  let value = body;
  for (const part of path) value = Array.isArray(value) ? value[Number(part)] : asObject(value)[part];
  const name = path.join(".") || "body";
  if (value === undefined || value === null || value === "") return `${name} is mandatory`;
  return issue?.code === "too_big" ? `${name} is too long` : `${name} is invalid`;
}

/** Whether the body holds a field that the schema did not keep; lists are not looked into. */
function hasUnknownField(sent: unknown, kept: unknown): boolean {
  if (typeof sent !== "object" || sent === null || Array.isArray(sent)) return false;
  const keptFields = new Map(Object.entries(asObject(kept)));
  return Object.entries(sent).some(
    ([key, value]) => !keptFields.has(key) || hasUnknownField(value, keptFields.get(key)),
  );
}
