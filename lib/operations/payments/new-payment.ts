import type { Tx } from "@/db/database";
import { listPayments, recordEvent } from "@/db/queries/orders";
import type { OrderItemRow, OrderRow, PaymentRow } from "@/db/queries/orders";
import { insertPayment } from "@/db/queries/payments";
import type {
  Address,
  Channel,
  ChannelFeatures,
  ChannelLimits,
  Contact,
  PaymentRequest,
} from "@/lib/channels/channel";
import { carryTerms, hasShares } from "@/lib/payment/carried-terms";
import { newInvoiceNumber } from "@/lib/payment/invoice-number";
import type { InvoiceNumber } from "@/lib/payment/invoice-number";
import { jakartaDay } from "@/lib/payment/jakarta-time";
import type { MerchantCodeRules } from "@/lib/payment/merchant-code";
import type { CodeKind, PaymentCode } from "@/lib/payment/payment-code";
import { resendAt } from "@/lib/payment/schedule";
import type { Rupiah } from "@/lib/payment/rupiah";
import { findShareFault } from "@/lib/payment/settlement";
import type { Terms } from "@/lib/payment/terms";
import type { Attribution } from "@/lib/payment/attribution";
import type { Deps, OperationSettings } from "../deps";

export type NewPayment = Attribution & {
  order: Pick<OrderRow, "id" | "amount">;
  items: readonly (Pick<
    OrderItemRow,
    "productId" | "nameId" | "price" | "quantity" | "category" | "shipped"
  > &
    Partial<Pick<OrderItemRow, "url" | "imageUrl">>)[];
  channel: Channel;
  contact: Contact;
  billing?: Address | undefined;
  shipping?: Address | undefined;
  expiresInMinutes: number;
  codeKind: CodeKind;
  /** Made by the merchant; undefined when DOKU makes the code. */
  code: PaymentCode | undefined;
  reusable: boolean;
  terms: Terms;
  /** Of the page that the shopper uses; undefined where it was no page of a shopper. */
  locale?: "id" | "en" | undefined;
};

/**
 * Inserts a new attempt to pay an order, with the exact bytes of its request. The caller holds the order's lock and
 * sends the request after the commit. A bill for direct inquiry needs no request: it awaits payment at once.
 * @returns the payment, with its lease for the caller where there is a request to send
 * @throws a unique violation of `payments_own_code_once` when another open bill has this code
 */
export async function insertPaymentAttempt(tx: Tx, deps: Deps, payment: NewPayment): Promise<PaymentRow> {
  const { order, channel, contact, code } = payment;
  const now = deps.now();
  const paymentId = deps.newId();
  const invoiceNumber = newInvoiceNumber(deps.settings.invoicePrefix, jakartaDay(now), deps.random(8));
  const [newest] = await listPayments(tx, order.id);
  const firstState = toFirstState(deps, { ...payment, invoiceNumber, paymentId, now });
  const inserted = await insertPayment(tx, {
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
    ...firstState,
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
      to: firstState.status,
      detail: { channel: channel.id },
    },
    {
      customerName: contact.name,
      customerEmail: contact.email || null,
      customerPhone: contact.phone || null,
      ...(payment.locale && { locale: payment.locale }),
      ...(payment.billing && { billing: payment.billing }),
      ...(payment.shipping && { shipping: payment.shipping }),
    },
  );
  return inserted;
}

/** Longer than the time-out of the call, so that two processes never send the request at once. */
const requestLeaseMs = 15_000;

type NumberedPayment = NewPayment & { invoiceNumber: InvoiceNumber; paymentId: string; now: Date };

/**
 * A payment starts in `requested`; a bill for direct inquiry, which DOKU asks us about, starts in `awaiting_payment`.
 */
function toFirstState(deps: Deps, payment: NumberedPayment) {
  const { channel, codeKind, expiresInMinutes, now } = payment;
  if (codeKind === "dipc") {
    const expiresAt = new Date(now.getTime() + expiresInMinutes * 60_000);
    const noRequest = { requestPath: "", requestBody: "" };
    return { ...noRequest, status: "awaiting_payment", expiresAt, nextCheckAt: expiresAt } as const;
  }
  const path = codeKind === "mgpc" ? getFeatures(deps, channel).merchantCodePath : channel.path;
  const requestBody = JSON.stringify(channel.toRequestBody(toPaymentRequest(deps, payment)));
  // Leased already: the caller sends the request at once, and the next process after it has had its time.
  const lease = {
    lease: 1,
    leasedUntil: new Date(now.getTime() + requestLeaseMs),
    nextCheckAt: resendAt(0, now),
  };
  return { requestPath: path, requestBody, status: "requested", ...lease } as const;
}

function toPaymentRequest(deps: Deps, payment: NumberedPayment): PaymentRequest {
  const { settings } = deps;
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
      url: item.url ?? `${settings.appUrl}/`,
      imageUrl: item.imageUrl ?? `${settings.appUrl}/products/${encodeURIComponent(item.productId)}/picture`,
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
    subAccount: getFeatures(deps, payment.channel).subAccount ? settings.subAccount : undefined,
  };
}

/** An object with these settings: `Deps`, or the part of it that a page has. */
type WithSettings<Name extends keyof OperationSettings> = { settings: Pick<OperationSettings, Name> };

/** The only line of an order that staff make: their description, the same in both languages. */
export const toBillItem = (description: string, amount: Rupiah) => ({
  productId: "bill",
  nameId: description,
  nameEn: description,
  price: amount,
  quantity: 1,
  category: "others",
  shipped: false,
});

export function getLimits({ settings }: WithSettings<"channels">, channel: Channel): ChannelLimits {
  const limits = settings.channels[channel.id];
  if (!limits) throw new Error(`no limits for channel ${channel.id}`);
  return limits;
}

export function getFeatures({ settings }: WithSettings<"features">, channel: Channel): ChannelFeatures {
  const features = settings.features[channel.id];
  if (!features) throw new Error(`no features for channel ${channel.id}`);
  return features;
}

/** What staff can choose for a code at this channel under these settings. */
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
 * DOKU can only split money that it holds. Under a direct contract between merchant and acquirer it holds none
 * (docs/doku-protocol.md#111-split-settlement).
 */
export function canSettle({ settings }: WithSettings<"features" | "shares">, channel: Channel): boolean {
  const isDirect = getFeatures({ settings }, channel).bin?.model === "direct";
  return channel.settles && settings.shares !== undefined && !isDirect;
}

/** What a new attempt to pay a merchant's order sends through a channel: the merchant's terms, as far as it carries them. */
export function toAttemptTerms(deps: Deps, channel: Channel, { asked, amount }: AskedTerms): Terms {
  const { prints, footerLines, insurance, settles } = getMerchantCodeRules(deps.settings, channel);
  return carryTerms(asked, { prints, footerLines, insurance, settles }, amount);
}

type AskedTerms = { asked: Terms; amount: Rupiah };

/** Whether the money of these terms must be shared out and this channel cannot do it. */
export const lacksShares = (
  deps: WithSettings<"features" | "shares">,
  channel: Channel,
  asked: Terms | undefined,
): boolean => asked !== undefined && hasShares(asked) && !canSettle(deps, channel);

/**
 * The shares of the settings, where the channel supports split settlement. When they do not fit the amount, for example
 * fixed shares above a small amount, none are sent, and all money goes to the merchant's first account.
 */
export function getUsualShares({ settings, log }: Deps, channel: Channel, amount: Rupiah): Terms {
  if (!canSettle({ settings }, channel) || !settings.shares?.length) return {};
  const fault = findShareFault(settings.shares, amount);
  if (fault) log("warn", "shares_left_out", { fault, amount });
  return fault ? {} : { settlement: [...settings.shares] };
}
