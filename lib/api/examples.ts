import { channels } from "../channels/registry";
import type { PaymentResource, SessionResource } from "./resources";

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
  customer: { name: "Sari Dewi", email: null, phone: null },
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
  listCheckoutSessions: { answer: { object: "list", data: [session], has_more: false } },
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
};
