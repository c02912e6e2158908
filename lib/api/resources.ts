import { z } from "zod";
import { caseResolutions } from "../payment/case-decision";
import { paymentStatuses } from "../payment/payment";
import { caseKinds } from "../payment/case-kind";
import { sessionStatuses } from "../payment/session-status";
import { eventTypes } from "../webhooks/event-types";

/**
 * What the API answers with. Members may be added in any release; none is renamed or removed. Every member is always
 * there: null where there is nothing to say.
 */
const moment = z.iso.datetime().meta({ description: "RFC 3339, UTC." });
const rupiah = z.int().positive();
const version = z
  .int()
  .meta({ description: "Rises with every change; of two answers about one thing the higher one is newer." });

const Instruction = z
  .object({ language: z.enum(["id", "en"]), channel: z.string(), steps: z.array(z.string()) })
  .meta({ id: "PaymentInstruction" });

export const PaymentResource = z
  .object({
    id: z.string().meta({ example: "pay_0193f3a8-5d2c-7d63-8d57-0a2f9c1f3b11" }),
    object: z.literal("payment"),
    version,
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
    version,
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

const listOf = <Item extends z.ZodType>(item: Item, id: string) =>
  z.object({ object: z.literal("list"), data: z.array(item), has_more: z.boolean() }).meta({ id });

export const SessionList = listOf(SessionResource, "CheckoutSessionList");

/** What each payment of a reusable code is told as. */
export const TopUpResource = z
  .object({
    id: z.string().meta({ example: "topup_0193f3a8-5d2c-7d63-8d57-0a2f9c1f3b11" }),
    object: z.literal("top_up"),
    version,
    payment: z.string().meta({ description: "The code's own payment." }),
    checkout_session: z.string(),
    payment_code: z.string().nullable(),
    channel: z.string(),
    amount: rupiah,
    currency: z.literal("IDR"),
    customer: Customer,
    paid_at: moment,
    acquirer: z.array(z.object({ name: z.string(), value: z.string() })),
    livemode: z.boolean(),
  })
  .meta({ id: "TopUp" });
export type TopUpResource = z.infer<typeof TopUpResource>;

export const BillResource = z
  .object({
    id: z.string().meta({ example: "bill_0193f3a8-5d2c-7d63-8d57-0a2f9c1f3b11" }),
    object: z.literal("bill"),
    version,
    payment: z.string(),
    checkout_session: z.string(),
    payment_code: z.string().nullable(),
    channel: z.string(),
    amount: rupiah,
    currency: z.literal("IDR"),
    status: z.enum(paymentStatuses),
    description: z.string().nullable(),
    customer: Customer,
    expires_at: moment.nullable(),
    paid_at: moment.nullable(),
    created_at: moment,
    livemode: z.boolean(),
  })
  .meta({ id: "Bill" });
export type BillResource = z.infer<typeof BillResource>;

export const BillList = listOf(BillResource, "BillList");

export const TopUpCodeResource = z
  .object({
    id: z.string().meta({ example: "tuc_0193f3a8-5d2c-7d63-8d57-0a2f9c1f3b11" }),
    object: z.literal("top_up_code"),
    version,
    payment: z.string(),
    checkout_session: z.string(),
    payment_code: z.string().nullable().meta({ description: "Null until DOKU has answered." }),
    channel: z.string(),
    amount: rupiah.meta({ description: "Of each payment." }),
    currency: z.literal("IDR"),
    status: z.enum(paymentStatuses),
    description: z.string().nullable(),
    customer: Customer,
    received: z.int().meta({ description: "The sum of what came, in whole rupiah." }),
    times_paid: z.int(),
    expires_at: moment.nullable(),
    created_at: moment,
    livemode: z.boolean(),
  })
  .meta({ id: "TopUpCode" });
export type TopUpCodeResource = z.infer<typeof TopUpCodeResource>;

export const TopUpCodeList = listOf(TopUpCodeResource, "TopUpCodeList");

export const CaseResource = z
  .object({
    id: z.string().meta({ example: "case_0193f3a8-5d2c-7d63-8d57-0a2f9c1f3b11" }),
    object: z.literal("case"),
    version,
    kind: z.enum(caseKinds),
    checkout_session: z.string().nullable(),
    payment: z.string().nullable(),
    opened_at: moment,
    closed_at: moment.nullable(),
    resolution: z.enum(caseResolutions).nullable(),
    livemode: z.boolean(),
  })
  .meta({ id: "Case", description: "Something about money that a person at the merchant decides." });
export type CaseResource = z.infer<typeof CaseResource>;

export const TestResource = z
  .object({ object: z.literal("test"), version, message: z.string(), livemode: z.boolean() })
  .meta({ id: "Test" });

/** Of an event, by `object`. */
export const EventData = z
  .discriminatedUnion("object", [
    SessionResource,
    PaymentResource,
    TopUpResource,
    BillResource,
    CaseResource,
    TestResource,
  ])
  .meta({ id: "EventData" });
export type EventData = z.infer<typeof EventData>;

export const EventResource = z
  .object({
    id: z
      .string()
      .meta({ description: "The `webhook-id` of its messages.", example: "evt_Zk3mQ0mJmS2a8x0k1bY4-w" }),
    object: z.literal("event"),
    type: z.enum(eventTypes),
    timestamp: moment.meta({ description: "When it happened. RFC 3339, UTC." }),
    data: EventData,
    created_at: moment,
  })
  .meta({ id: "Event" });
export type EventResource = z.infer<typeof EventResource>;

export const EventList = listOf(EventResource, "EventList");

export const WebhookEndpointResource = z
  .object({
    id: z.string().meta({ example: "we_Zk3mQ0mJmS2a8x0k1bY4-w" }),
    object: z.literal("webhook_endpoint"),
    url: z.string(),
    description: z.string().nullable(),
    events: z.array(z.enum(eventTypes)).nullable().meta({ description: "Null for all." }),
    status: z.enum(["enabled", "disabled"]),
    disabled_because: z.enum(["merchant", "gone", "failing"]).nullable(),
    failing_since: moment.nullable(),
    secret: z
      .string()
      .optional()
      .meta({ description: "What messages are signed with. Only in the answer that made it." }),
    created_at: moment,
    livemode: z.boolean(),
  })
  .meta({ id: "WebhookEndpoint" });
export type WebhookEndpointResource = z.infer<typeof WebhookEndpointResource>;

export const WebhookEndpointList = listOf(WebhookEndpointResource, "WebhookEndpointList");

export const WebhookDeliveryResource = z
  .object({
    id: z.string().meta({ example: "whd_0193f3a8-5d2c-7d63-8d57-0a2f9c1f3b11" }),
    object: z.literal("webhook_delivery"),
    event: z.string(),
    type: z.enum(eventTypes),
    webhook_endpoint: z.string(),
    status: z.enum(["pending", "delivered", "failed"]),
    tries: z.int().meta({ description: "Since it was last asked for." }),
    next_try_at: moment.nullable(),
    last_http_status: z.int().nullable(),
    last_failure: z.string().nullable(),
    created_at: moment,
  })
  .meta({ id: "WebhookDelivery" });
export type WebhookDeliveryResource = z.infer<typeof WebhookDeliveryResource>;

export const WebhookDeliveryList = listOf(WebhookDeliveryResource, "WebhookDeliveryList");

export const ResentResource = z
  .object({ object: z.literal("resent"), count: z.int() })
  .meta({ id: "Resent" });
