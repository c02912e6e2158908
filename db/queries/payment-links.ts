import { and, desc, eq, sql } from "drizzle-orm";
import type { LinkCounts } from "@/lib/payment/payment-link";
import type { OrderId } from "@/lib/payment/order-id";
import type { Db, Tx } from "../database";
import { newestFirst } from "../rows";
import {
  checkoutSessions,
  orderBrowsers,
  orders,
  paymentLinkOrders,
  paymentLinkPictures,
  paymentLinks,
} from "../schema";

export type PaymentLinkRow = typeof paymentLinks.$inferSelect;
export type NewPaymentLink = typeof paymentLinks.$inferInsert;

/** @returns undefined when its slug or its create key is taken */
export async function insertPaymentLink(db: Db, link: NewPaymentLink): Promise<PaymentLinkRow | undefined> {
  const [inserted] = await db.insert(paymentLinks).values(link).onConflictDoNothing().returning();
  return inserted;
}

type LinkKey = { id: string } | { slug: string } | { createKey: string };

function matchLink(key: LinkKey) {
  if ("id" in key) return eq(paymentLinks.id, key.id);
  return "slug" in key ? eq(paymentLinks.slug, key.slug) : eq(paymentLinks.createKey, key.createKey);
}

export async function findPaymentLink(db: Db | Tx, key: LinkKey): Promise<PaymentLinkRow | undefined> {
  const [link] = await db.select().from(paymentLinks).where(matchLink(key));
  return link;
}

/** Orders of one link are made one after the other under this lock, so that two of them never take the same piece. */
export async function lockPaymentLink(tx: Tx, key: LinkKey): Promise<PaymentLinkRow | undefined> {
  const [link] = await tx.select().from(paymentLinks).where(matchLink(key)).for("no key update");
  return link;
}

export type PaymentLinkChange = Partial<
  Pick<
    PaymentLinkRow,
    "title" | "description" | "thanks" | "stock" | "endsAt" | "switchedOffAt" | "picturedAt"
  >
>;

/** undefined when there is no such link. */
export async function updatePaymentLink(
  db: Db | Tx,
  id: string,
  change: PaymentLinkChange & { updatedAt: Date },
): Promise<PaymentLinkRow | undefined> {
  const [link] = await db.update(paymentLinks).set(change).where(eq(paymentLinks.id, id)).returning();
  return link;
}

/**
 * Newest first.
 * @param after the id of the last one of the page before
 */
export const listPaymentLinks = (
  db: Db,
  { after, most }: { after?: string | undefined; most: number },
): Promise<PaymentLinkRow[]> =>
  db
    .select()
    .from(paymentLinks)
    .where(
      after === undefined
        ? undefined
        : sql`(${paymentLinks.createdAt}, ${paymentLinks.id}) < (select a.created_at, a.id from payment_links a where a.id = ${after}::uuid)`,
    )
    .orderBy(...newestFirst(paymentLinks.createdAt, paymentLinks.id))
    .limit(most);

/** Not paid yet, and its session has not ended: it can still be paid, or a payment of it be started. */
export const isReserved = sql`${orders.paidAt} is null and ${checkoutSessions.expiredAt} is null and ${checkoutSessions.cancelledAt} is null`;

const linkCounts = {
  sold: sql<number>`count(${orders.paidAt})::int`.as("sold"),
  reserved: sql<number>`(count(*) filter (where ${isReserved}))::int`.as("reserved"),
};

/** Computed from the orders each time: a counter could differ from them. */
export async function countLinkOrders(db: Db | Tx, linkId: string): Promise<LinkCounts> {
  const [counts] = await db
    .select(linkCounts)
    .from(paymentLinkOrders)
    .innerJoin(orders, eq(orders.id, paymentLinkOrders.orderId))
    .innerJoin(checkoutSessions, eq(checkoutSessions.orderId, paymentLinkOrders.orderId))
    .where(eq(paymentLinkOrders.linkId, linkId));
  return counts ?? { sold: 0, reserved: 0 };
}

export async function insertLinkOrder(tx: Tx, one: typeof paymentLinkOrders.$inferInsert): Promise<void> {
  await tx.insert(paymentLinkOrders).values(one);
}

/** The newest order of the link that this browser placed and that can still be paid. */
export async function findReservedOrder(
  db: Db,
  { linkId, browser }: { linkId: string; browser: string },
): Promise<OrderId | undefined> {
  const [found] = await db
    .select({ orderId: orders.id })
    .from(orderBrowsers)
    .innerJoin(paymentLinkOrders, eq(paymentLinkOrders.orderId, orderBrowsers.orderId))
    .innerJoin(orders, eq(orders.id, orderBrowsers.orderId))
    .innerJoin(checkoutSessions, eq(checkoutSessions.orderId, orderBrowsers.orderId))
    .where(and(eq(orderBrowsers.browser, browser), eq(paymentLinkOrders.linkId, linkId), isReserved))
    .orderBy(desc(orders.createdAt))
    .limit(1);
  return found?.orderId;
}

export type OrderLink = { link: PaymentLinkRow; note: string | null };

/** The link that an order came from; undefined for every other order. */
export async function findLinkOfOrder(db: Db, orderId: OrderId): Promise<OrderLink | undefined> {
  const [found] = await db
    .select({ link: paymentLinks, note: paymentLinkOrders.note })
    .from(paymentLinkOrders)
    .innerJoin(paymentLinks, eq(paymentLinks.id, paymentLinkOrders.linkId))
    .where(eq(paymentLinkOrders.orderId, orderId));
  return found;
}

type LinkPicture = Pick<typeof paymentLinkPictures.$inferInsert, "type" | "content">;

export async function savePicture(tx: Tx, linkId: string, picture: LinkPicture): Promise<void> {
  await tx
    .insert(paymentLinkPictures)
    .values({ linkId, ...picture })
    .onConflictDoUpdate({ target: paymentLinkPictures.linkId, set: picture });
}

/** undefined while the link has none. */
export async function findPicture(db: Db, slug: string): Promise<LinkPicture | undefined> {
  const [picture] = await db
    .select({ type: paymentLinkPictures.type, content: paymentLinkPictures.content })
    .from(paymentLinks)
    .innerJoin(paymentLinkPictures, eq(paymentLinkPictures.linkId, paymentLinks.id))
    .where(and(eq(paymentLinks.slug, slug), sql`${paymentLinks.picturedAt} is not null`));
  return picture;
}
