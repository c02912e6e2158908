import { desc, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/database";
import { checkoutSessions, orders, paymentLinkOrders, paymentLinks } from "@/db/schema";
import type { OrderId } from "@/lib/payment/order-id";
import type { Rupiah } from "@/lib/payment/rupiah";
import { loadLinkFigures } from "../payment-link-figures";
import type { LinkFigures } from "../payment-link-figures";
import { isReserved, listPaymentLinks } from "../payment-links";
import type { PaymentLinkRow } from "../payment-links";
import { StaffUser } from "../staff";
import type { Page } from "./orders";

export type ListedLink = { link: PaymentLinkRow; figures: LinkFigures };

/** All links with what each earned, newest first. @param before the id of the last one of the page before */
export async function listLinksForStaff(
  db: Db,
  merchant: StaffUser,
  { before, limit }: { before?: string | undefined; limit: number },
): Promise<Page<ListedLink, string>> {
  StaffUser.check(merchant);
  const found = await listPaymentLinks(db, { after: before, most: limit + 1 });
  const links = found.slice(0, limit);
  const getFigures = await loadLinkFigures(
    db,
    links.map(({ id }) => id),
  );
  return {
    items: links.map((link) => ({ link, figures: getFigures(link.id) })),
    next: found.length > limit ? links.at(-1)?.id : undefined,
  };
}

export type LinkOrder = {
  orderId: OrderId;
  customerName: string | null;
  amount: Rupiah;
  note: string | null;
  paidAt: Date | null;
  createdAt: Date;
  /** It can still be paid. */
  isReserved: boolean;
};

export type LinkForStaff = ListedLink & { orders: LinkOrder[] };

/** A link with its newest orders; undefined when there is no such link. */
export async function loadLinkForStaff(
  db: Db,
  merchant: StaffUser,
  id: string,
): Promise<LinkForStaff | undefined> {
  StaffUser.check(merchant);
  const [link] = await db.select().from(paymentLinks).where(eq(paymentLinks.id, id));
  if (!link) return undefined;
  const [getFigures, newest] = await Promise.all([loadLinkFigures(db, [id]), listNewestOrders(db, id)]);
  return { link, figures: getFigures(id), orders: newest };
}

const shownOrders = 20;

const listNewestOrders = (db: Db, linkId: string): Promise<LinkOrder[]> =>
  db
    .select({
      orderId: orders.id,
      customerName: orders.customerName,
      amount: orders.amount,
      note: paymentLinkOrders.note,
      paidAt: orders.paidAt,
      createdAt: orders.createdAt,
      isReserved: sql<boolean>`(${isReserved})`,
    })
    .from(paymentLinkOrders)
    .innerJoin(orders, eq(orders.id, paymentLinkOrders.orderId))
    .innerJoin(checkoutSessions, eq(checkoutSessions.orderId, orders.id))
    .where(eq(paymentLinkOrders.linkId, linkId))
    .orderBy(desc(paymentLinkOrders.createdAt))
    .limit(shownOrders);
