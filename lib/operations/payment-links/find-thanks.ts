import { findLinkOfOrder } from "@/db/queries/payment-links";
import type { OrderId } from "@/lib/payment/order-id";
import type { Deps } from "../deps";

/**
 * What the seller says to the buyer of this order; undefined for an order without such a message. The text may be worth the
 * money, such as an address to download from, so that it is given out only for a paid order.
 */
export async function findThanks(
  { db }: Pick<Deps, "db">,
  { orderId, isPaid }: { orderId: OrderId; isPaid: boolean },
): Promise<{ text: string | undefined } | undefined> {
  const text = (await findLinkOfOrder(db, orderId))?.link.thanks;
  return text == null ? undefined : { text: isPaid ? text : undefined };
}
