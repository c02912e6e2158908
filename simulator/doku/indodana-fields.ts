import { z } from "zod";
import { AdditionalInfo, InvoiceNumber } from "./fields";

/** The enum of Indodana's page (protocol 6.1); `others` is its fallback. */
export const categories = [
  "airlines",
  "arts-crafts-and-collectibles",
  "automotive",
  "baby",
  "beauty-and-fragrances",
  "biller",
  "books-and-magazines",
  "business-to-business-including-mlm",
  "charity-and-non-profit",
  "clothing",
  "community",
  "digital-content",
  "electronics-and-telecom",
  "entertainment-and-media",
  "financial-services-and-products",
  "financial-services-and-technology",
  "food-and-beverage",
  "food-retail-and-service",
  "games-voucher",
  "gifts-and-flowers",
  "government",
  "health-and-personal-care",
  "home-and-garden",
  "hotel-and-travel",
  "insurance",
  "marketplace",
  "nonprofit",
  "offline-store",
  "others",
  "over-the-air",
  "overseas",
  "pets-and-animals",
  "property",
  "public-services",
  "religion-and-spirituality",
  "retail",
  "services",
  "sports-and-outdoors",
  "telco",
  "ticketing",
  "toys-and-hobbies",
  "transportation",
  "travel",
  "vehicle-sales",
  "vehicles-service-and-accessories",
];
const knownCategories = new Set(categories);

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

export const IndodanaCreate = z.object({
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
export type IndodanaCreate = z.infer<typeof IndodanaCreate>;

/** Exact in hundredths: sums of decimals in floating point would not be. */
export function lineItemsSum(order: IndodanaCreate["order"]): boolean {
  const cents = order.line_items.map((item) => BigInt(Math.round(item.price * 100)) * BigInt(item.quantity));
  return cents.reduce((sum, line) => sum + line, 0n) === BigInt(order.amount) * 100n;
}

export const unknownCategory = (order: IndodanaCreate["order"]): number =>
  order.line_items.findIndex((item) => !knownCategories.has(item.category));
