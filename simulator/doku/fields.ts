import { z } from "zod";
import { objectOf } from "../core/json";

/** Printable ASCII: what "letters, digits, special" most likely means (protocol 4.2). */
export const InvoiceNumber = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\x20-\x7e]+$/);

/** Whole rupiah, at most 12 digits (protocol 4.2). A string is refused: the tables say number. */
export const StoreAmount = z.number().int().positive().max(999_999_999_999);

/** Booleans, and strings in any case: the documents type this field in three ways (protocol 13, row 5). */
export const ReusableStatus = z.union([
  z.boolean(),
  z
    .string()
    .toLowerCase()
    .pipe(z.enum(["true", "false"]))
    .transform((text) => text === "true"),
]);

const mandatoryText = (limit: number) => z.string().min(1).max(limit);
const optionalText = (limit: number) => z.string().max(limit).optional();

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
  .refine((shares) => sumOf(shares.filter((share) => share.type === "PERCENTAGE")) <= 100);
const sumOf = (shares: { value: number }[]) => shares.reduce((sum, share) => sum + share.value, 0);

/** Loose: additional_info comes back as it was sent, whatever it holds. */
export const AdditionalInfo = z.looseObject({
  override_notification_url: z.url({ protocol: /^https?$/ }).optional(),
  insurance_info: InsuranceInfo.optional(),
  settlement: Settlement.optional(),
  account: z.looseObject({ id: mandatoryText(64) }).optional(),
});

const Customer = z.object({ name: mandatoryText(64), email: optionalText(128) });
const Footer = z.object({ footer_message: optionalText(120) });

const storeInfo = (maxExpiryMinutes: number) =>
  z.object({
    expired_time: z.number().int().min(1).max(maxExpiryMinutes).optional(),
    reusable_status: ReusableStatus.optional(),
    // 30 in one table, 32 in another, whose own sample has 31 (protocol 13, row 3).
    info: optionalText(32),
    info1: optionalText(32),
    info2: optionalText(32),
    info3: optionalText(32),
    payment_code: z.string().regex(/^\d+$/).max(20).optional(),
  });

export const AlfaCreate = z.object({
  order: z.object({ invoice_number: InvoiceNumber, amount: StoreAmount }),
  online_to_offline_info: storeInfo(99_999),
  customer: Customer,
  alfa_info: z.object({ receipt: Footer.optional() }).optional(),
  additional_info: AdditionalInfo.optional(),
});
export type AlfaCreate = z.infer<typeof AlfaCreate>;

const IndomaretReceipt = z.object({ description: optionalText(128), footer_message: optionalText(128) });
export const IndomaretCreate = z.object({
  order: z.object({ invoice_number: InvoiceNumber, amount: StoreAmount }),
  online_to_offline_info: storeInfo(99_999_999).omit({ payment_code: true }),
  customer: Customer,
  indomaret_info: z.object({ receipt: IndomaretReceipt.optional() }).optional(),
  additional_info: AdditionalInfo.optional(),
});
export type IndomaretCreate = z.infer<typeof IndomaretCreate>;

export const AlfaChange = z.object({
  order: z.object({ invoice_number: InvoiceNumber.optional(), amount: StoreAmount.optional() }).optional(),
  online_to_offline_info: z.object({
    payment_code: z.string().regex(/^\d+$/).max(25),
    status: z.enum(["ACTIVE", "DELETE"]),
    expired_time: z.number().int().min(1).max(99_999).optional(),
    reusable_status: ReusableStatus.optional(),
    info: optionalText(32),
  }),
  customer: Customer,
});
export type AlfaChange = z.infer<typeof AlfaChange>;

/** The first thing wrong, in the words of the samples: `order.amount is mandatory`. */
export function describeFault(error: z.ZodError, body: unknown): string {
  const issue = error.issues[0];
  const path = issue?.path.map(String) ?? [];
  let value = body;
  for (const part of path) value = Array.isArray(value) ? value[Number(part)] : objectOf(value)[part];
  const name = path.join(".") || "body";
  if (value === undefined || value === null || value === "") return `${name} is mandatory`;
  return issue?.code === "too_big" ? `${name} is too long` : `${name} is invalid`;
}

/** The path of the first field the schema did not keep, for the switch `refuse_unknown_fields`. */
export function unknownField(sent: unknown, kept: unknown, path = ""): string | undefined {
  if (typeof sent !== "object" || sent === null) return undefined;
  const keptFields = new Map(Object.entries(objectOf(kept)));
  for (const [key, value] of Object.entries(sent)) {
    const here = path ? `${path}.${key}` : key;
    if (!Array.isArray(sent) && !keptFields.has(key)) return here;
    const inside = Array.isArray(sent) ? undefined : unknownField(value, keptFields.get(key), here);
    if (inside) return inside;
  }
  return undefined;
}
