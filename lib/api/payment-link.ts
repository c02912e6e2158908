import { z } from "zod";
import { askings, linkStates, linkTextLimits, lacksPhone, mostStock } from "../payment/payment-link";
import { Rupiah } from "../payment/rupiah";
import { visibleText } from "../payment/visible-text";

const asking = z.enum(askings);
const endsAt = z.iso.datetime({ offset: true });
const amount = Rupiah.meta({ description: "Whole rupiah, above zero.", example: 150_000 });
const stock = z
  .int()
  .min(1)
  .max(mostStock)
  .meta({ description: "How many buyers may pay; 1 for a link that is used once. Absent, any number." });

const Collect = z
  .strictObject({
    phone: asking.default("no"),
    address: asking.default("no"),
    note: asking.default("no"),
  })
  .refine((asks) => !lacksPhone(asks), {
    path: ["phone"],
    message: "must be asked for at least as strictly as the address",
  })
  .meta({ id: "PaymentLinkCollectRequest", description: "What a buyer is asked for besides the name." });

const prices = z.object({
  amount: amount.optional(),
  min_amount: amount.optional(),
  max_amount: amount.optional(),
});

/** Either a fixed amount, or both bounds of what the buyer may choose. */
function checkPrice(price: z.infer<typeof prices>, context: z.RefinementCtx): void {
  const { amount: fixed, min_amount: least, max_amount: most } = price;
  const report = (path: string, message: string) =>
    context.addIssue({ code: "custom", path: [path], message });
  if (fixed !== undefined && (least !== undefined || most !== undefined))
    report("amount", "is either fixed or between min_amount and max_amount");
  else if (fixed === undefined && (least === undefined || most === undefined))
    report("amount", "is needed where there are no min_amount and max_amount");
  else if (least !== undefined && most !== undefined && most <= least)
    report("max_amount", "must be above min_amount");
}

export const PaymentLinkRequest = z
  .strictObject({
    title: visibleText(linkTextLimits.title),
    description: visibleText(linkTextLimits.description).optional(),
    thanks_text: visibleText(linkTextLimits.thanks)
      .optional()
      .meta({ description: "Shown to the buyer once the order is paid." }),
    ...prices.shape,
    currency: z.literal("IDR").optional(),
    stock: stock.optional(),
    ends_at: endsAt.optional().meta({ description: "From then on no order is made." }),
    collect: Collect.optional(),
  })
  .superRefine(checkPrice)
  .meta({ id: "PaymentLinkRequest" });
export type PaymentLinkRequest = z.infer<typeof PaymentLinkRequest>;

/** The price stays: a buyer may have it open, and a printed card may say it. */
export const PaymentLinkChangeRequest = z
  .strictObject({
    title: visibleText(linkTextLimits.title).optional(),
    description: visibleText(linkTextLimits.description).nullable().optional(),
    thanks_text: visibleText(linkTextLimits.thanks).nullable().optional(),
    stock: stock.nullable().optional(),
    ends_at: endsAt.nullable().optional(),
    active: z.boolean().optional().meta({ description: "False, the page says that it takes no orders." }),
  })
  .meta({ id: "PaymentLinkChangeRequest" });
export type PaymentLinkChangeRequest = z.infer<typeof PaymentLinkChangeRequest>;

const moment = z.iso.datetime();
const rupiah = z.int().positive();
const count = z.int().nonnegative();

export const PaymentLinkResource = z
  .object({
    id: z.string().meta({ example: "pl_0193f3a8-5d2c-7d63-8d57-0a2f9c1f3b11" }),
    object: z.literal("payment_link"),
    url: z.string().meta({ description: "What buyers open." }),
    active: z.boolean(),
    state: z.enum(linkStates).meta({
      description:
        "`reserved`: the last pieces are held by orders that are not paid; one may become free again.",
    }),
    title: z.string(),
    description: z.string().nullable(),
    thanks_text: z.string().nullable(),
    picture_url: z.string().nullable(),
    amount: rupiah.nullable().meta({ description: "Null where the buyer chooses." }),
    min_amount: rupiah.nullable(),
    max_amount: rupiah.nullable(),
    currency: z.literal("IDR"),
    stock: rupiah.nullable(),
    sold: count.meta({
      description: "Paid orders. More than the stock where money came after its time.",
    }),
    reserved: count.meta({ description: "Orders that are not paid and still can be." }),
    paid_amount: count.meta({ description: "All that came in." }),
    refunded_amount: count.meta({ description: "What of it was given back." }),
    ends_at: moment.nullable(),
    collect: z.object({ phone: asking, address: asking, note: asking }),
    created_at: moment,
    updated_at: moment,
    livemode: z.boolean(),
  })
  .meta({ id: "PaymentLink" });
export type PaymentLinkResource = z.infer<typeof PaymentLinkResource>;

export const PaymentLinkList = z
  .object({ object: z.literal("list"), data: z.array(PaymentLinkResource), has_more: z.boolean() })
  .meta({ id: "PaymentLinkList" });
