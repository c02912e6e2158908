import { z } from "zod";
import type { OrderRequest } from "./channel";
import { AdditionalInfo, InvoiceNumber } from "./fields";

/** Protocol 6.1, the printed rule read as a whitelist. */
const CallbackUrl = z
  .string()
  .min(1)
  .regex(/^[a-zA-Z0-9()\-=\\.?;,+/:&_ %]+$/);

/** Decimal 16.2: at most two decimals. Negative prices are not covered by the table. */
const Price = z
  .number()
  .nonnegative()
  .max(9_999_999_999_999)
  .refine((price) => Number.isInteger(Number((price * 100).toFixed(4))));

const Item = z.object({
  name: z.string().min(1).max(128),
  price: Price,
  quantity: z.number().int().min(1).max(99_999_999),
  id: z.string().min(1).max(64),
  category: z.string().min(1),
  url: z.string().max(256).optional(),
  image_url: z.string().max(256).optional(),
  type: z.string().optional(),
});

/** The table says number, the samples say string: both (protocol 13, row 14). */
const NumberOrText = z.union([z.string().min(1), z.number()]);
const Address = z.object({
  first_name: z.string().min(1),
  last_name: z.string().optional(),
  address: NumberOrText,
  city: NumberOrText,
  postal_code: NumberOrText,
  phone: NumberOrText,
  country_code: NumberOrText,
});

/** The fields of a generate-order call, as Indodana's page has them; a channel narrows or extends them. */
export const PaylaterCreate = z.object({
  order: z.object({
    invoice_number: InvoiceNumber,
    amount: z.number().int().positive().max(Number.MAX_SAFE_INTEGER),
    line_items: z.array(Item).min(1),
    callback_url: CallbackUrl.optional(),
    callback_url_cancel: CallbackUrl,
  }),
  peer_to_peer_info: z.object({
    expired_time: z.number().int().min(1).max(99_999).optional(),
    merchant_unique_reference: z.string().min(1),
  }),
  customer: z.object({
    first_name: z.string().min(1).max(16),
    last_name: z.string().max(16).optional(),
    email: z.string().min(1).max(128),
    phone: z.string().regex(/^\d+$/).max(16),
  }),
  billing_address: Address,
  shipping_address: Address.optional(),
  additional_info: AdditionalInfo.optional(),
});
export type PaylaterCreate = z.infer<typeof PaylaterCreate>;

/** Exact in hundredths: sums of decimals in floating point would not be. */
export function lineItemsAddUp(order: PaylaterCreate["order"]): boolean {
  const cents = order.line_items.map((item) => BigInt(Math.round(item.price * 100)) * BigInt(item.quantity));
  return cents.reduce((sum, line) => sum + line, 0n) === BigInt(order.amount) * 100n;
}

export function toOrderRequest(fields: PaylaterCreate): OrderRequest {
  const { first_name, last_name = "", email } = fields.customer;
  return {
    invoice: fields.order.invoice_number,
    amount: fields.order.amount,
    expiresInMinutes: fields.peer_to_peer_info.expired_time,
    customerName: `${first_name} ${last_name}`.trim(),
    customerEmail: email,
    additionalInfo: fields.additional_info ?? null,
    overrideUrl: fields.additional_info?.override_notification_url,
    reference: fields.peer_to_peer_info.merchant_unique_reference,
    items: fields.order.line_items.map(({ name, price, quantity }) => ({ name, price, quantity })),
    callbackUrl: fields.order.callback_url ?? null,
    callbackUrlCancel: fields.order.callback_url_cancel,
  };
}
