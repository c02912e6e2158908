import { z } from "zod";
import { paymentStatuses } from "../payment/payment";
import { sessionStatuses } from "../payment/session-status";

/**
 * What the API answers with. Members may be added in any release; none is renamed or removed. Every member is always
 * there: null where there is nothing to say.
 */
const moment = z.iso.datetime().meta({ description: "RFC 3339, UTC." });
const rupiah = z.int().positive();

const Instruction = z
  .object({ language: z.enum(["id", "en"]), channel: z.string(), steps: z.array(z.string()) })
  .meta({ id: "PaymentInstruction" });

export const PaymentResource = z
  .object({
    id: z.string().meta({ example: "pay_0193f3a8-5d2c-7d63-8d57-0a2f9c1f3b11" }),
    object: z.literal("payment"),
    checkout_session: z.string(),
    channel: z.string(),
    invoice_number: z.string().meta({ description: "What DOKU calls it." }),
    amount: rupiah,
    currency: z.literal("IDR"),
    status: z.enum(paymentStatuses).meta({
      description:
        "`requested`: DOKU has not answered usably yet; the same request is sent again until it does.",
    }),
    payment_code: z
      .string()
      .nullable()
      .meta({ description: "For the till. Null where it must not be paid now." }),
    redirect_url: z
      .string()
      .nullable()
      .meta({ description: "Where the shopper continues with a pay later channel." }),
    expires_at: moment.nullable(),
    instructions: z.array(Instruction).meta({ description: "DOKU's own steps, once they are known." }),
    how_to_pay_page: z.string().nullable(),
    failure_reason: z.string().nullable(),
    paid_at: moment.nullable(),
    paid_late: z.boolean(),
    acquirer: z.array(z.object({ name: z.string(), value: z.string() })),
    is_current: z.boolean().meta({ description: "Whether it is the one that the session's page shows." }),
    created_at: moment,
  })
  .meta({ id: "Payment" });
export type PaymentResource = z.infer<typeof PaymentResource>;

const LineItem = z
  .object({
    id: z.string(),
    name: z.string(),
    price: rupiah,
    quantity: z.int(),
    category: z.string(),
    url: z.string().nullable(),
    image_url: z.string().nullable(),
    shippable: z.boolean(),
  })
  .meta({ id: "LineItem" });

const Customer = z
  .object({ name: z.string().nullable(), email: z.string().nullable(), phone: z.string().nullable() })
  .meta({ id: "Customer" });

const Address = z
  .object({
    first_name: z.string(),
    last_name: z.string(),
    address: z.string(),
    city: z.string(),
    postal_code: z.string(),
    phone: z.string(),
  })
  .meta({ id: "Address" });

export const OfferedChannel = z
  .object({
    id: z.string(),
    label: z.string(),
    means: z.enum(["code", "link"]),
    available: z.boolean(),
    reason: z.string().nullable().meta({
      description:
        "Why it is not: `above_limit`, `below_limit`, `too_many_items`, `has_shares`, `amount_changed`.",
    }),
    limit: z.int().nullable(),
  })
  .meta({ id: "OfferedChannel" });
export type OfferedChannel = z.infer<typeof OfferedChannel>;

export const SessionResource = z
  .object({
    id: z.string().meta({ example: "cs_Zk3mQ0mJmS2a8x0k1bY4-w" }),
    object: z.literal("checkout_session"),
    version: z
      .int()
      .meta({ description: "Rises with every change; of two answers the higher one is newer." }),
    url: z.string().meta({ description: "Send the shopper's browser here." }),
    status: z.enum(sessionStatuses),
    reference: z.string().nullable(),
    amount: rupiah,
    currency: z.literal("IDR"),
    description: z.string().nullable(),
    line_items: z.array(LineItem),
    customer: Customer,
    billing_address: Address.nullable(),
    shipping_address: Address.nullable(),
    channels: z.array(OfferedChannel),
    locale: z.enum(["id", "en"]).nullable(),
    expires_at: moment.nullable(),
    success_url: z.string().nullable(),
    cancel_url: z.string().nullable(),
    metadata: z.record(z.string(), z.string()),
    paid_at: moment.nullable(),
    paid_late: z.boolean(),
    needs_decision: z.boolean().meta({
      description: "Money came that a person at the merchant has to decide about; do not ask to pay again.",
    }),
    payments: z.array(PaymentResource).meta({ description: "The newest first." }),
    created_at: moment,
    livemode: z.boolean(),
  })
  .meta({ id: "CheckoutSession" });
export type SessionResource = z.infer<typeof SessionResource>;

export const SessionList = z
  .object({ object: z.literal("list"), data: z.array(SessionResource), has_more: z.boolean() })
  .meta({ id: "CheckoutSessionList" });
