import { channels } from "../channels/registry";
import { paymentLinkExamples } from "./payment-link-examples";
import type {
  BillResource,
  EventResource,
  PaymentResource,
  SessionResource,
  TopUpCodeResource,
  WebhookDeliveryResource,
  WebhookEndpointResource,
} from "./resources";

/** Examples show the first channel of each kind. @throws when there is none */
function getFirstChannel(means: "code" | "link") {
  const channel = channels.find((one) => one.means === means);
  if (!channel) throw new Error(`No channel pays by ${means}.`);
  return channel;
}

const counter = getFirstChannel("code");
const payLater = getFirstChannel("link");
const createdAt = "2026-11-02T03:15:00Z";
const expiresAt = "2026-11-03T03:15:00Z";

const payment: PaymentResource = {
  id: "pay_0193f3a8-5d2c-7d63-8d57-0a2f9c1f3b11",
  object: "payment",
  version: 1,
  checkout_session: "cs_Zk3mQ0mJmS2a8x0k1bY4-w",
  channel: counter.id,
  invoice_number: "KB-261102-7F3K9QXD",
  amount: 92_000,
  currency: "IDR",
  status: "awaiting_payment",
  payment_code: "8889940000123456",
  redirect_url: null,
  expires_at: expiresAt,
  instructions: [],
  how_to_pay_page: null,
  failure_reason: null,
  paid_at: null,
  paid_late: false,
  acquirer: [],
  is_current: true,
  created_at: createdAt,
};

const customer = { name: "Sari Dewi", email: null, phone: null };

const lineItem = { name: "Kopi Gayo", price: 92_000, quantity: 1 };

const session: SessionResource = {
  id: payment.checkout_session,
  object: "checkout_session",
  version: 1,
  url: "https://shop.example/checkout/Zk3mQ0mJmS2a8x0k1bY4-w",
  status: "open",
  reference: "1042",
  amount: 92_000,
  currency: "IDR",
  description: null,
  line_items: [
    { ...lineItem, id: "item-1", category: "others", url: null, image_url: null, shippable: false },
  ],
  customer,
  billing_address: null,
  shipping_address: null,
  channels: [
    { id: counter.id, label: counter.label, means: "code", available: true, reason: null, limit: null },
    {
      id: payLater.id,
      label: payLater.label,
      means: "link",
      available: false,
      reason: "below_limit",
      limit: 100_000,
    },
  ],
  locale: null,
  expires_at: expiresAt,
  success_url: "https://web-shop.example/orders/1042",
  cancel_url: null,
  metadata: {},
  paid_at: null,
  paid_late: false,
  needs_decision: false,
  payments: [],
  created_at: createdAt,
  livemode: true,
};

const bill: BillResource = {
  id: "bill_0193f3b2-9c41-7a10-9f3e-5b7d2c8e4a66",
  object: "bill",
  version: 1,
  payment: "pay_0193f3b2-9c41-7a10-9f3e-5b7d2c8e4a66",
  checkout_session: "cs_Qm7vXr2LT0yXw3hJp9dN5A",
  payment_code: "8889940000654321",
  channel: counter.id,
  amount: 350_000,
  currency: "IDR",
  status: "awaiting_payment",
  description: "Sekolah, November",
  customer,
  expires_at: "2026-11-30T16:59:59Z",
  paid_at: null,
  created_at: createdAt,
  livemode: true,
};

const topUpCode: TopUpCodeResource = {
  id: "tuc_0193f3b4-1d07-7e55-8c21-6f0a9b3d7e12",
  object: "top_up_code",
  version: 1,
  payment: "pay_0193f3b4-1d07-7e55-8c21-6f0a9b3d7e12",
  checkout_session: "cs_8hKc1WbY6sE4uRzTq0mVfg",
  payment_code: "8889940000777123",
  channel: counter.id,
  amount: 50_000,
  currency: "IDR",
  status: "awaiting_payment",
  description: "Saldo",
  customer,
  received: 0,
  times_paid: 0,
  expires_at: "2026-12-02T03:15:00Z",
  created_at: createdAt,
  livemode: true,
};

const endpoint: WebhookEndpointResource = {
  id: "we_Zk3mQ0mJmS2a8x0k1bY4-w",
  object: "webhook_endpoint",
  url: "https://web-shop.example/webhooks",
  description: null,
  events: ["checkout_session.paid"],
  status: "enabled",
  disabled_because: null,
  failing_since: null,
  created_at: createdAt,
  livemode: true,
};
const withSecret = { ...endpoint, secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" };

const event: EventResource = {
  id: "evt_Zk3mQ0mJmS2a8x0k1bY4-w",
  object: "event",
  type: "payment.code_issued",
  timestamp: createdAt,
  data: payment,
  created_at: createdAt,
};

const testEvent: EventResource = {
  ...event,
  type: "webhook.test",
  data: { object: "test", version: 1, message: "A test of this endpoint. Nothing was paid.", livemode: true },
};

const delivery: WebhookDeliveryResource = {
  id: "whd_0193f3a8-5d2c-7d63-8d57-0a2f9c1f3b11",
  object: "webhook_delivery",
  event: event.id,
  type: event.type,
  webhook_endpoint: endpoint.id,
  status: "pending",
  tries: 1,
  next_try_at: "2026-11-02T03:15:05Z",
  last_http_status: 503,
  last_failure: null,
  created_at: createdAt,
};

const toList = (one: unknown) => ({ object: "list", data: [one], has_more: false });

const cancelled = { status: "cancelled", payment_code: null } as const;

/** A request and its answer for each call, by the call's id. A test holds them against the document. */
export const examples: Partial<Record<string, { request?: unknown; answer: unknown }>> = {
  createCheckoutSession: {
    request: {
      reference: "1042",
      line_items: [lineItem],
      customer: { name: "Sari Dewi" },
      success_url: "https://web-shop.example/orders/1042",
    },
    answer: session,
  },
  listCheckoutSessions: { answer: toList(session) },
  getCheckoutSession: { answer: { ...session, version: 2, payments: [payment] } },
  expireCheckoutSession: {
    request: {},
    answer: { ...session, version: 3, status: "cancelled", payments: [{ ...payment, ...cancelled }] },
  },
  createSessionPayment: { request: { channel: counter.id }, answer: payment },
  createPayment: {
    request: { channel: counter.id, amount: 92_000, reference: "1042", customer: { name: "Sari Dewi" } },
    answer: payment,
  },
  getPayment: {
    answer: { ...payment, status: "paid", payment_code: null, paid_at: "2026-11-02T05:40:12Z" },
  },
  changePayment: { request: { amount: 120_000 }, answer: { ...payment, amount: 120_000 } },
  cancelPayment: { request: {}, answer: { ...payment, ...cancelled } },
  checkPayment: { request: {}, answer: payment },
  createBills: {
    request: {
      bills: [
        {
          amount: 350_000,
          description: "Sekolah, November",
          customer: { name: "Sari Dewi" },
          expires_at: "2026-11-30T23:59:59+07:00",
        },
      ],
    },
    answer: toList(bill),
  },
  listBills: { answer: toList(bill) },
  getBill: { answer: { ...bill, version: 2, status: "paid", paid_at: "2026-11-05T02:11:40Z" } },
  createTopUpCode: {
    request: {
      channel: counter.id,
      amount: 50_000,
      description: "Saldo",
      customer: { name: "Sari Dewi" },
      expires_in_minutes: 43_200,
    },
    answer: topUpCode,
  },
  listTopUpCodes: { answer: toList(topUpCode) },
  getTopUpCode: { answer: { ...topUpCode, version: 3, received: 100_000, times_paid: 2 } },
  listEvents: { answer: toList(event) },
  getEvent: { answer: event },
  createWebhookEndpoint: {
    request: { url: endpoint.url, events: endpoint.events },
    answer: withSecret,
  },
  listWebhookEndpoints: { answer: toList(endpoint) },
  getWebhookEndpoint: { answer: endpoint },
  changeWebhookEndpoint: {
    request: { status: "disabled" },
    answer: { ...endpoint, status: "disabled", disabled_because: "merchant" },
  },
  deleteWebhookEndpoint: { answer: endpoint },
  rotateWebhookSecret: { request: {}, answer: withSecret },
  testWebhookEndpoint: { request: {}, answer: testEvent },
  resendEvents: { request: { from: createdAt }, answer: { object: "resent", count: 12 } },
  listWebhookDeliveries: { answer: toList(delivery) },
  resendDelivery: { request: {}, answer: { object: "resent", count: 1 } },
  ...paymentLinkExamples,
};
