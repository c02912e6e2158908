import { addOrderBrowser } from "@/db/queries/order-browsers";
import {
  countLinkOrders,
  findPaymentLink,
  insertLinkOrder,
  lockPaymentLink,
} from "@/db/queries/payment-links";
import type { PaymentLinkRow } from "@/db/queries/payment-links";
import type { Tx } from "@/db/database";
import type { Address } from "@/lib/channels/channel";
import { fitsLinkPrice, getLinkState } from "@/lib/payment/payment-link";
import type { ClosedLinkState } from "@/lib/payment/payment-link";
import type { OrderId } from "@/lib/payment/order-id";
import type { Rupiah } from "@/lib/payment/rupiah";
import type { Deps } from "../deps";
import { toBillItem } from "../payments/new-payment";
import { createSession } from "../sessions/create-session";
import type { NewSession, SessionFault, SessionSource } from "../sessions/create-session";
import { toLinkPrice } from "./link-row";

export type LinkOrderInput = {
  slug: string;
  /** Of the submitted form: sent twice, it finds the order of the first time. */
  checkoutKey: string;
  amount: Rupiah;
  name: string;
  phone: string | undefined;
  shipping: Address | undefined;
  note: string | undefined;
  locale: "id" | "en";
  /** Who typed it, as in `order_browsers`. */
  browser: string;
};

export type PlaceLinkOrder =
  | { outcome: "created" | "exists"; orderId: OrderId }
  | ClosedLink
  | { outcome: "wrong_amount" | "not_found" }
  | SessionFault;

type ClosedLink = { outcome: "closed"; state: ClosedLinkState };

/**
 * How long an order of a link with a stock may hold its piece without a code. With a code it holds it until the code ends,
 * because a session with a live code stays open. No later code can be made, so a piece that was given back stays so.
 */
const holdMs = 45 * 60_000;

/** Makes the order that a buyer's form asks for. The link's own terms decide what it costs and whether there is one left. */
export async function placeLinkOrder(deps: Deps, input: LinkOrderInput): Promise<PlaceLinkOrder> {
  const link = await findPaymentLink(deps.db, { slug: input.slug });
  if (!link) return { outcome: "not_found" };
  if (!fitsLinkPrice(toLinkPrice(link), input.amount)) return { outcome: "wrong_amount" };
  return createSession(deps, toNewSession(deps, link, input), createSource(deps, link, input));
}

/** The lock on the link makes buyers of the last piece come one after the other. */
const createSource = (
  deps: Deps,
  { id }: PaymentLinkRow,
  { note, browser }: LinkOrderInput,
): SessionSource<ClosedLink> => ({
  admit: (tx) => findClosedState(tx, deps, id),
  attach: async (tx, orderId) => {
    const now = deps.now();
    await insertLinkOrder(tx, { orderId, linkId: id, note: note ?? null, createdAt: now });
    await addOrderBrowser(tx, { orderId, browser, since: now });
  },
});

async function findClosedState(tx: Tx, { now }: Deps, id: string): Promise<ClosedLink | undefined> {
  const link = await lockPaymentLink(tx, { id });
  if (!link) throw new Error("a payment link is missing that was there before");
  const isCounted = link.stock !== null;
  const counts = isCounted ? await countLinkOrders(tx, id) : { sold: 0, reserved: 0 };
  const state = getLinkState(link, counts, now());
  return state === "open" ? undefined : { outcome: "closed", state };
}

function toNewSession(deps: Deps, link: PaymentLinkRow, input: LinkOrderInput): NewSession {
  const page = `${deps.settings.appUrl}/l/${link.slug}`;
  const item = {
    ...toBillItem(link.title, input.amount),
    productId: link.slug,
    shipped: input.shipping !== undefined,
    url: page,
    imageUrl: link.picturedAt && `${page}/picture`,
  };
  return {
    checkoutKey: `link:${link.id}:${input.checkoutKey}`,
    actor: "shopper",
    reference: undefined,
    amount: input.amount,
    items: [item],
    description: link.title,
    customer: { name: input.name, phone: input.phone },
    billing: undefined,
    shipping: input.shipping,
    channels: undefined,
    locale: input.locale,
    expiresAt: link.stock === null ? undefined : new Date(deps.now().getTime() + holdMs),
    successUrl: undefined,
    cancelUrl: page,
    metadata: {},
  };
}
