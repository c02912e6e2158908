import type { PaymentLinkRow } from "@/db/queries/payment-links";
import type { Asks, LinkPrice } from "@/lib/payment/payment-link";

/** @throws when the row has neither an amount nor a range, which the database refuses */
export function toLinkPrice({ amount, minAmount, maxAmount }: PaymentLinkRow): LinkPrice {
  if (amount !== null) return { amount, minAmount: null, maxAmount: null };
  if (minAmount === null || maxAmount === null) throw new Error("a payment link without a price");
  return { amount, minAmount, maxAmount };
}

export const toAsks = ({ asksPhone, asksAddress, asksNote }: PaymentLinkRow): Asks => ({
  phone: asksPhone,
  address: asksAddress,
  note: asksNote,
});
