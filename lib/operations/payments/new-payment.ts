import type { Tx } from "@/db/database";
import { listPayments, recordEvent } from "@/db/queries/orders";
import type { OrderItemRow, OrderRow } from "@/db/queries/orders";
import { insertPayment } from "@/db/queries/payments";
import type {
  Address,
  Channel,
  ChannelFeatures,
  ChannelLimits,
  Contact,
  PaymentRequest,
} from "@/lib/channels/channel";
import { newInvoiceNumber } from "@/lib/payment/invoice-number";
import type { InvoiceNumber } from "@/lib/payment/invoice-number";
import { jakartaDay } from "@/lib/payment/jakarta-time";
import type { MerchantCodeRules } from "@/lib/payment/merchant-code";
import type { CodeKind, PaymentCode } from "@/lib/payment/payment-code";
import { resendAt } from "@/lib/payment/schedule";
import type { Rupiah } from "@/lib/payment/rupiah";
import { faultOfShares } from "@/lib/payment/settlement";
import type { Terms } from "@/lib/payment/terms";
import type { Attribution } from "@/lib/payment/attribution";
import type { Deps, OperationSettings } from "../deps";

export type NewPayment = Attribution & {
  order: Pick<OrderRow, "id" | "amount">;
  items: readonly Pick<
    OrderItemRow,
    "productId" | "nameId" | "price" | "quantity" | "category" | "shipped"
  >[];
  channel: Channel;
  contact: Contact;
  billing?: Address | undefined;
  shipping?: Address | undefined;
  expiresInMinutes: number;
  codeKind: CodeKind;
  /** Of the merchant's making; undefined when DOKU makes it. */
  code: PaymentCode | undefined;
  reusable: boolean;
  terms: Terms;
};

/**
 * Saves one more attempt to pay an order, with the exact bytes for DOKU. The caller holds the order's lock and asks DOKU
 * after the commit. A bill for direct inquiry waits here at once: nothing is sent for it.
 * @returns the id of the payment
 * @throws a unique violation of `payments_own_code_once` when another open bill has this code
 */
export async function savePaymentOf(tx: Tx, deps: Deps, payment: NewPayment): Promise<string> {
  const { order, channel, contact, code } = payment;
  const now = deps.now();
  const paymentId = deps.newId();
  const invoiceNumber = newInvoiceNumber(deps.settings.invoicePrefix, jakartaDay(now), deps.random(8));
  const [newest] = await listPayments(tx, order.id);
  const waiting = waitingOf(deps, { ...payment, invoiceNumber, paymentId, now });
  await insertPayment(tx, {
    id: paymentId,
    orderId: order.id,
    attempt: (newest?.attempt ?? 0) + 1,
    channel: channel.id,
    invoiceNumber,
    amount: order.amount,
    reusable: payment.reusable,
    codeKind: payment.codeKind,
    terms: payment.terms,
    expiresInMinutes: payment.expiresInMinutes,
    requestId: deps.newId(),
    createdAt: now,
    paymentCode: code ?? null,
    ...waiting,
  });
  await recordEvent(
    tx,
    order.id,
    {
      id: deps.newId(),
      kind: "payment_started",
      actor: payment.actor,
      reason: payment.reason,
      at: now,
      paymentId,
      to: waiting.status,
      detail: { channel: channel.id },
    },
    {
      customerName: contact.name,
      customerEmail: contact.email || null,
      customerPhone: contact.phone || null,
      ...(payment.billing && { billing: payment.billing }),
      ...(payment.shipping && { shipping: payment.shipping }),
    },
  );
  return paymentId;
}

type Numbered = NewPayment & { invoiceNumber: InvoiceNumber; paymentId: string; now: Date };

/** What the payment waits for first: DOKU's answer to a request, or a till's question about a bill that is held here. */
function waitingOf(deps: Deps, payment: Numbered) {
  const { channel, codeKind, expiresInMinutes, now } = payment;
  if (codeKind === "dipc") {
    const expiresAt = new Date(now.getTime() + expiresInMinutes * 60_000);
    const nothing = { requestPath: "", requestBody: "" };
    return { ...nothing, status: "awaiting_payment", expiresAt, nextCheckAt: expiresAt } as const;
  }
  const path = codeKind === "mgpc" ? getFeatures(deps, channel).merchantCodePath : channel.path;
  const requestBody = JSON.stringify(channel.toRequestBody(requestOf(deps, payment)));
  return { requestPath: path, requestBody, status: "requested", nextCheckAt: resendAt(0, now) } as const;
}

function requestOf({ settings }: Deps, payment: Numbered): PaymentRequest {
  const page = `${settings.appUrl}/pay/${payment.order.id}`;
  return {
    invoiceNumber: payment.invoiceNumber,
    merchantReference: payment.paymentId,
    amount: payment.order.amount,
    expiresInMinutes: payment.expiresInMinutes,
    merchantName: settings.merchantName,
    contact: payment.contact,
    items: payment.items.map((item) => ({
      id: item.productId,
      name: item.nameId,
      price: item.price,
      quantity: item.quantity,
      category: item.category,
      url: `${settings.appUrl}/`,
      imageUrl: `${settings.appUrl}/products/${encodeURIComponent(item.productId)}/picture`,
      type: item.shipped ? "goods" : "services",
    })),
    billing: payment.billing,
    shipping: payment.shipping,
    returnUrl: `${page}/return`,
    cancelUrl: `${page}/cancelled`,
    code: payment.code,
    reusable: payment.reusable,
    terms: payment.terms,
    overrideNotificationUrl: settings.overrideNotificationUrl,
    subAccount: settings.subAccount,
  };
}

/** Whatever holds these settings: all that an operation needs, or what a page has of them. */
type With<Name extends keyof OperationSettings> = { settings: Pick<OperationSettings, Name> };

/** The one line of an order that a merchant makes: what it is for, in the merchant's words in both languages. */
export const billItem = (description: string, amount: Rupiah) => ({
  productId: "bill",
  nameId: description,
  nameEn: description,
  price: amount,
  quantity: 1,
  category: "others",
  shipped: false,
});

export function getLimits({ settings }: With<"channels">, channel: Channel): ChannelLimits {
  const limits = settings.channels[channel.id];
  if (!limits) throw new Error(`no limits for channel ${channel.id}`);
  return limits;
}

export function getFeatures({ settings }: With<"features">, channel: Channel): ChannelFeatures {
  const features = settings.features[channel.id];
  if (!features) throw new Error(`no features for channel ${channel.id}`);
  return features;
}

/** What a merchant can ask for at this channel with these settings. */
export function getMerchantCodeRules(
  settings: Pick<OperationSettings, "channels" | "features" | "shares">,
  channel: Channel,
): MerchantCodeRules {
  const { enabled, min, max } = getLimits({ settings }, channel);
  const { codeKinds, bin, insurance } = getFeatures({ settings }, channel);
  return {
    isOn: enabled,
    min,
    max,
    kindsOn: codeKinds,
    bin,
    prints: channel.prints,
    footerLines: channel.footerLines,
    canReuse: channel.can.reuse,
    insurance: insurance && channel.prints.includes("insurance"),
    settles: canSettle({ settings }, channel),
  };
}

/**
 * DOKU shares money out that it holds: under the merchant's own contract with an acquirer it holds none
 * (docs/doku-protocol.md#111-split-settlement).
 */
export function canSettle({ settings }: With<"features" | "shares">, channel: Channel): boolean {
  const isDirect = getFeatures({ settings }, channel).bin?.model === "direct";
  return channel.settles && settings.shares !== undefined && !isDirect;
}

/**
 * The merchant's usual shares, where DOKU shares a channel's money out. Fixed shares above a small amount are left out, so
 * that it can be paid all the same: all of it then goes to the merchant's first account.
 */
export function sharesOf({ settings, log }: Deps, channel: Channel, amount: Rupiah): Terms {
  if (!canSettle({ settings }, channel) || !settings.shares?.length) return {};
  const fault = faultOfShares(settings.shares, amount);
  if (fault) log("warn", "shares_left_out", { fault, amount });
  return fault ? {} : { settlement: [...settings.shares] };
}
