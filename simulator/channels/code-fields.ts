import { z } from "zod";
import type { CodeRequest } from "./channel";
import { AdditionalInfo, InvoiceNumber, mandatoryText, optionalText } from "./fields";

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

export const StoreCustomer = z.object({ name: mandatoryText(64), email: optionalText(128) });

export const storeInfo = (maxExpiryMinutes: number) =>
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

/** The fields every store has; a channel extends them with its own. */
export const storeFields = (maxExpiryMinutes: number) =>
  z.object({
    order: z.object({ invoice_number: InvoiceNumber, amount: StoreAmount }),
    online_to_offline_info: storeInfo(maxExpiryMinutes),
    customer: StoreCustomer,
    additional_info: AdditionalInfo.optional(),
  });

type StoreFields = z.infer<ReturnType<typeof storeFields>>;

export function toCodeRequest(
  fields: StoreFields,
  receipt: { description?: string | undefined; footer_message?: string | undefined } | undefined,
): CodeRequest {
  const info = fields.online_to_offline_info;
  return {
    invoice: fields.order.invoice_number,
    amount: fields.order.amount,
    expiresInMinutes: info.expired_time,
    customerName: fields.customer.name,
    customerEmail: fields.customer.email ?? "",
    additionalInfo: fields.additional_info ?? null,
    overrideUrl: fields.additional_info?.override_notification_url,
    merchantCode: info.payment_code,
    reusable: info.reusable_status,
    // The official plugins send info1 to info3 in place of info (protocol 13, row 2).
    info: info.info ?? [info.info1, info.info2, info.info3].filter(Boolean).join(" "),
    description: receipt?.description ?? "",
    footer: receipt?.footer_message ?? "",
  };
}
