import { sumLines } from "../payment/rupiah";
import type { Rupiah } from "../payment/rupiah";
import type { Channel, ChannelLimits, Ineligibility } from "./channel";

/**
 * Why a channel that is switched on cannot take an order; undefined when it can. Both limits are inclusive.
 * @param limits from settings, or `channel.defaults`
 */
export function checkEligibility(
  channel: Channel,
  limits: ChannelLimits,
  order: {
    amount: Rupiah;
    items: readonly { price: Rupiah; quantity: number }[];
    /** Its money must be shared out, and this channel cannot do it under the merchant's settings. */
    lacksShares?: boolean;
  },
): Ineligibility | undefined {
  if (order.lacksShares) return { because: "has_shares" };
  if (order.amount > limits.max) return { because: "above_limit", limit: limits.max };
  if (order.amount < limits.min) return { because: "below_limit", limit: limits.min };
  const { maxLineItems } = channel;
  if (maxLineItems === undefined) return undefined;
  if (sumLines(order.items) !== order.amount) return { because: "amount_changed" };
  return order.items.length > maxLineItems ? { because: "too_many_items", limit: maxLineItems } : undefined;
}
