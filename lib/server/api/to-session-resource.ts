import "server-only";
import { channels } from "@/lib/channels/registry";
import { checkEligibility } from "@/lib/channels/eligibility";
import type { OperationSettings } from "@/lib/operations/deps";
import { lacksShares } from "@/lib/operations/payments/new-payment";
import type { LoadedSession } from "@/lib/operations/sessions/load-session";
import { toSessionStatus } from "@/lib/payment/session-status";
import { toSessionId } from "@/lib/api/ids";
import type { OfferedChannel, SessionResource } from "@/lib/api/resources";
import { toPaymentResource } from "./to-payment-resource";

export type ResourceSettings = Pick<
  OperationSettings,
  "appUrl" | "channels" | "features" | "shares" | "paymentDestinations" | "howToPayDestinations"
>;

/** What the API answers about an order. @param livemode whether it is real money */
export function toSessionResource(
  settings: ResourceSettings,
  loaded: LoadedSession,
  livemode: boolean,
): SessionResource {
  const { order, session, payments } = loaded;
  const status = toSessionStatus({
    paidAt: order.paidAt,
    expiredAt: session?.expiredAt ?? null,
    cancelledAt: session?.cancelledAt ?? null,
    payments,
  });
  return {
    id: toSessionId(order.id),
    object: "checkout_session",
    version: order.version,
    url: `${settings.appUrl}/checkout/${order.id}`,
    status,
    reference: session?.reference ?? null,
    amount: order.amount,
    currency: "IDR",
    description: session?.description ?? null,
    line_items: loaded.items.map(toLineItem),
    customer: { name: order.customerName, email: order.customerEmail, phone: order.customerPhone },
    billing_address: order.billing && toAddress(order.billing),
    shipping_address: order.shipping && toAddress(order.shipping),
    channels: toOfferedChannels(settings, loaded),
    locale: session?.locale ?? null,
    expires_at: session?.expiresAt.toISOString() ?? null,
    success_url: session?.successUrl ?? null,
    cancel_url: session?.cancelUrl ?? null,
    metadata: session?.metadata ?? {},
    paid_at: order.paidAt?.toISOString() ?? null,
    paid_late: payments.some(({ status: one, paidLate }) => one === "paid" && paidLate),
    needs_decision: loaded.underReview,
    payments: payments.map((payment) => toPaymentResource(settings, loaded, payment)),
    created_at: order.createdAt.toISOString(),
    livemode,
  };
}

/** The channels that are switched on and that the session allows, and whether each takes this order. */
export function toOfferedChannels(
  settings: Pick<OperationSettings, "channels" | "features" | "shares">,
  { order, items, session, payments }: Pick<LoadedSession, "order" | "items" | "session" | "payments">,
): OfferedChannel[] {
  const terms = payments.at(-1)?.terms;
  return channels.flatMap((channel) => {
    const limits = settings.channels[channel.id];
    const isAllowed = session?.channels?.includes(channel.id) ?? true;
    if (!limits?.enabled || !isAllowed) return [];
    const ineligibility = checkEligibility(channel, limits, {
      amount: order.amount,
      items,
      lacksShares: lacksShares({ settings }, channel, terms),
    });
    return [
      {
        id: channel.id,
        label: channel.label,
        means: channel.means,
        available: ineligibility === undefined,
        reason: ineligibility?.because ?? null,
        limit: ineligibility && "limit" in ineligibility ? ineligibility.limit : null,
      },
    ];
  });
}

const toLineItem = (item: LoadedSession["items"][number]): SessionResource["line_items"][number] => ({
  id: item.productId,
  name: item.nameId,
  price: item.price,
  quantity: item.quantity,
  category: item.category,
  url: item.url,
  image_url: item.imageUrl,
  shippable: item.shipped,
});

const toAddress = (address: NonNullable<LoadedSession["order"]["billing"]>) => ({
  first_name: address.firstName,
  last_name: address.lastName,
  address: address.address,
  city: address.city,
  postal_code: address.postalCode,
  phone: address.phone,
});
