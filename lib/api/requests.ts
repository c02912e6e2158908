import { z } from "zod";
import { categories } from "../channels/peer-to-peer/categories";
import { ContactEmail, IndonesianPhone } from "../channels/contact";
import { CodeMinutes, CustomerName, ItemDescription } from "../payment/merchant-code";
import { ChannelId } from "../payment/payment";
import { Rupiah } from "../payment/rupiah";
import { sessionStatuses } from "../payment/session-status";
import { Insurance, Terms } from "../payment/terms";
import { visibleText } from "../payment/visible-text";
import { eventTypes } from "../webhooks/event-types";

/** The most a session's line items may hold; a channel that sends them to DOKU may take fewer. */
const maxLineItems = 100;
const maxMetadataKeys = 50;
const maxMetadataKey = 40;
const maxMetadataValue = 500;

/** A number or name of the shop's own. */
const reference = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/, "takes letters, digits and signs of ASCII");

const address = z.url({ protocol: /^https?$/ }).max(2048);

const amount = Rupiah.meta({ description: "Whole rupiah, above zero.", example: 150_000 });

export const LineItemRequest = z
  .strictObject({
    name: visibleText(255),
    price: amount.meta({ description: "Of one, in whole rupiah." }),
    quantity: z.int().min(1).max(99_999_999),
    id: reference(64).optional(),
    category: z.enum(categories).optional().meta({ description: "What it is, for pay later." }),
    url: address.optional(),
    image_url: address.optional(),
    shippable: z
      .boolean()
      .optional()
      .meta({ description: "Whether it goes to an address; false if absent." }),
  })
  .meta({ id: "LineItemRequest" });

export const CustomerRequest = z
  .strictObject({
    name: visibleText(40).optional(),
    email: ContactEmail.optional(),
    phone: IndonesianPhone.optional().meta({
      override: { type: "string" },
      description: "An Indonesian number, as people write it.",
      example: "0812-3456-7890",
    }),
  })
  .meta({ id: "CustomerRequest" });

export const AddressRequest = z
  .strictObject({
    first_name: visibleText(40),
    last_name: visibleText(40),
    address: visibleText(200),
    city: visibleText(64),
    postal_code: z.string().regex(/^\d{5}$/, "must be five digits"),
    phone: IndonesianPhone.meta({ override: { type: "string" } }),
  })
  .meta({ id: "AddressRequest" });

const Metadata = z
  .record(z.string().min(1).max(maxMetadataKey), z.string().max(maxMetadataValue))
  .refine((all) => Object.keys(all).length <= maxMetadataKeys, `must have at most ${maxMetadataKeys} keys`)
  .meta({
    description: `Your own data: ${maxMetadataKeys} keys of ${maxMetadataKey} characters, values of ${maxMetadataValue}.`,
  });

const sessionMembers = {
  reference: reference(64)
    .optional()
    .meta({ description: "Your own order number; unique among open sessions." }),
  amount: amount.optional().meta({ description: "Absent, it is the sum of the line items." }),
  currency: z.literal("IDR").optional(),
  description: visibleText(255).optional(),
  line_items: z.array(LineItemRequest).min(1).max(maxLineItems).optional(),
  customer: CustomerRequest.optional(),
  billing_address: AddressRequest.optional(),
  shipping_address: AddressRequest.optional(),
  channels: z
    .array(ChannelId.meta({ override: { type: "string" } }))
    .min(1)
    .max(20)
    .optional()
    .meta({ description: "Which channels may be offered; absent, all that are switched on." }),
  locale: z.enum(["id", "en"]).optional(),
  expires_at: z.iso.datetime({ offset: true }).optional().meta({
    description: "From then on no payment is started. 30 minutes to 30 days from now; 24 hours if absent.",
  }),
  success_url: address.optional().meta({
    description: "Where the shopper returns to once paid; `{CHECKOUT_SESSION_ID}` is filled in.",
  }),
  cancel_url: address.optional().meta({
    description: "Where the shopper returns to without having paid; `{CHECKOUT_SESSION_ID}` is filled in.",
  }),
  metadata: Metadata.optional(),
};

const hasAmount = ({ amount, line_items }: { amount?: unknown; line_items?: unknown }) =>
  amount !== undefined || line_items !== undefined;
const needsAmount = { path: ["amount"], message: "is needed where there are no line_items" };

export const SessionRequest = z
  .strictObject(sessionMembers)
  .refine(hasAmount, needsAmount)
  .meta({ id: "CheckoutSessionRequest" });
export type SessionRequest = z.infer<typeof SessionRequest>;

/** How to pay an order that already exists. What the session has needs not be given again. */
export const SessionPaymentRequest = z
  .strictObject({
    channel: ChannelId.meta({ override: { type: "string" } }),
    customer: CustomerRequest.optional(),
    billing_address: AddressRequest.optional(),
    shipping_address: AddressRequest.optional(),
  })
  .meta({ id: "SessionPaymentRequest" });
export type SessionPaymentRequest = z.infer<typeof SessionPaymentRequest>;

/** A session and its first payment in one call. */
export const PaymentRequest = z
  .strictObject({
    ...sessionMembers,
    channel: ChannelId.meta({ override: { type: "string" } }),
  })
  .omit({ channels: true })
  .strict()
  .refine(hasAmount, needsAmount)
  .meta({ id: "PaymentRequest" });
export type PaymentRequest = z.infer<typeof PaymentRequest>;

export const PaymentChangeRequest = z
  .strictObject({
    amount: amount.optional(),
    extend: z.literal(true).optional().meta({ description: "The code's time starts again." }),
  })
  .refine(
    ({ amount, extend }) => (amount === undefined) !== (extend === undefined),
    "needs amount or extend, not both",
  )
  .meta({ id: "PaymentChangeRequest" });
export type PaymentChangeRequest = z.infer<typeof PaymentChangeRequest>;

/** Nothing may be given. */
export const EmptyRequest = z.strictObject({}).meta({ id: "EmptyRequest" });

const cursorMembers = {
  limit: z.coerce.number().int().min(1).max(100).default(20),
  starting_after: z
    .string()
    .max(64)
    .optional()
    .meta({ description: "The id of the last one that you have." }),
};

export const SessionListQuery = z.strictObject({
  ...cursorMembers,
  reference: reference(64).optional(),
  status: z.enum(sessionStatuses).optional(),
  "created[gte]": z.iso.datetime({ offset: true }).optional(),
  "created[lt]": z.iso.datetime({ offset: true }).optional(),
});
export type SessionListQuery = z.infer<typeof SessionListQuery>;

const wantedEvents = z
  .array(z.enum(eventTypes))
  .min(1)
  .max(eventTypes.length)
  .nullable()
  .optional()
  .meta({ description: "Which events it wants; null or absent for all." });

const endpointMembers = {
  url: z.string().max(2048).meta({ description: "https and on the public internet in production." }),
  description: visibleText(255).nullable().optional(),
  events: wantedEvents,
};

export const WebhookEndpointRequest = z.strictObject(endpointMembers).meta({ id: "WebhookEndpointRequest" });
export type WebhookEndpointRequest = z.infer<typeof WebhookEndpointRequest>;

export const WebhookEndpointChange = z
  .strictObject({
    ...endpointMembers,
    status: z
      .enum(["enabled", "disabled"])
      .meta({ description: "Enabled again, it gets what still waits for it." }),
  })
  .partial()
  .meta({ id: "WebhookEndpointChange" });
export type WebhookEndpointChange = z.infer<typeof WebhookEndpointChange>;

export const ResendRequest = z
  .strictObject({
    from: z.iso.datetime({ offset: true }).meta({ description: "Of the events' `created_at`." }),
    before: z.iso.datetime({ offset: true }).optional().meta({ description: "Absent, until now." }),
  })
  .meta({ id: "ResendRequest" });
export type ResendRequest = z.infer<typeof ResendRequest>;

const codeMembers = {
  amount,
  description: ItemDescription.meta({ description: "What it is for, as the customer reads it." }),
  customer: z
    .strictObject({
      name: CustomerName,
      email: ContactEmail.optional(),
      phone: IndonesianPhone.optional().meta({ override: { type: "string" } }),
    })
    .meta({ id: "CodeCustomerRequest" }),
  payment_code: z
    .string()
    .max(60)
    .optional()
    .meta({ description: "Digits that begin with your BIN; absent, a code is generated." }),
  info: Terms.shape.info.meta({ description: "What the till shows; your name if absent." }),
  footer: Terms.shape.footer.meta({ description: "Lines at the foot of the receipt." }),
};

export const BillRequest = z
  .strictObject({
    ...codeMembers,
    expires_at: z.iso.datetime({ offset: true }),
    insurance: z
      .strictObject({
        policy_type: Insurance.shape.policyType,
        policy_number: Insurance.shape.policyNumber,
        policy_account_name: Insurance.shape.policyAccountName,
        policy_status: Insurance.shape.policyStatus,
        bill_due_date: Insurance.shape.billDueDate,
      })
      .optional()
      .meta({ id: "BillInsuranceRequest" }),
  })
  .meta({ id: "BillRequest" });
export type BillRequest = z.infer<typeof BillRequest>;

/** The most bills of one call. */
export const maxBillsOfCall = 10_000;

export const BillsRequest = z
  .strictObject({ bills: z.array(BillRequest).min(1).max(maxBillsOfCall) })
  .meta({ id: "BillsRequest", description: "As application/x-ndjson, one bill on each line." });
export type BillsRequest = z.infer<typeof BillsRequest>;

export const TopUpCodeRequest = z
  .strictObject({
    ...codeMembers,
    channel: ChannelId.meta({ override: { type: "string" } }),
    expires_in_minutes: CodeMinutes,
  })
  .meta({ id: "TopUpCodeRequest" });
export type TopUpCodeRequest = z.infer<typeof TopUpCodeRequest>;

export const BillListQuery = z.strictObject({
  ...cursorMembers,
  status: z.enum(["open", "paid", "ended"]).optional(),
});
export type BillListQuery = z.infer<typeof BillListQuery>;

export const TopUpCodeListQuery = z.strictObject(cursorMembers);
export type TopUpCodeListQuery = z.infer<typeof TopUpCodeListQuery>;

export const EventListQuery = z.strictObject({
  ...cursorMembers,
  type: z.enum(eventTypes).optional(),
  checkout_session: z.string().max(64).optional(),
  "created[gte]": z.iso.datetime({ offset: true }).optional(),
  "created[lt]": z.iso.datetime({ offset: true }).optional(),
});
export type EventListQuery = z.infer<typeof EventListQuery>;

export const DeliveryListQuery = z.strictObject({
  ...cursorMembers,
  webhook_endpoint: z.string().max(64),
  status: z.enum(["pending", "delivered", "failed"]).optional(),
});
export type DeliveryListQuery = z.infer<typeof DeliveryListQuery>;

export const PaymentLinkListQuery = z.strictObject(cursorMembers);
export type PaymentLinkListQuery = z.infer<typeof PaymentLinkListQuery>;
