import { countLinkOrders, findPaymentLink, findReservedOrder } from "@/db/queries/payment-links";
import type { PaymentLinkRow } from "@/db/queries/payment-links";
import { countLeft, getLinkState } from "@/lib/payment/payment-link";
import type { LinkState } from "@/lib/payment/payment-link";
import type { OrderId } from "@/lib/payment/order-id";
import { slugPattern } from "@/lib/payment/link-slug";
import type { Deps } from "../deps";

/** What the page of a link shows a buyer. */
export type LoadedLink = {
  link: PaymentLinkRow;
  state: LinkState;
  /** undefined for any number. */
  left: number | undefined;
  /** An order that this browser placed here and has not paid. */
  reservedOrder: OrderId | undefined;
};

/**
 * @param slug from the address, not validated
 * @param browser who looks, as in `order_browsers`; undefined for a browser without a cookie
 */
export async function loadLink(
  deps: Pick<Deps, "db" | "now">,
  slug: string,
  browser: string | undefined,
): Promise<LoadedLink | undefined> {
  const link = new RegExp(slugPattern).test(slug) ? await findPaymentLink(deps.db, { slug }) : undefined;
  if (!link) return undefined;
  const [counts, reservedOrder] = await Promise.all([
    link.stock === null ? { sold: 0, reserved: 0 } : countLinkOrders(deps.db, link.id),
    browser === undefined ? undefined : findReservedOrder(deps.db, { linkId: link.id, browser }),
  ]);
  return {
    link,
    state: getLinkState(link, counts, deps.now()),
    left: countLeft(link, counts),
    reservedOrder,
  };
}
