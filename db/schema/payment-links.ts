import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { OrderId } from "../../lib/payment/order-id";
import type { Actor } from "../../lib/payment/attribution";
import { actorPattern } from "../../lib/payment/attribution";
import { askings } from "../../lib/payment/payment-link";
import type { Asking } from "../../lib/payment/payment-link";
import { mostOfSlug, slugPattern } from "../../lib/payment/link-slug";
import type { PictureType } from "../../lib/payment/picture";
import { mostPictureBytes, pictureTypes } from "../../lib/payment/picture";
import { bytes, moment, rupiah, toSqlList } from "./columns";
import { orders } from "./orders";

const asking = (name: string) => text(name).$type<Asking>().notNull();

/** A page of its own for buyers who come from a chat or a printed card. Its row is the lock under which its orders are counted. */
export const paymentLinks = pgTable(
  "payment_links",
  {
    id: uuid("id").primaryKey(),
    /** The end of its address. */
    slug: text("slug").notNull().unique(),
    /** Of the form or the call that made it, so that a repetition finds it. */
    createKey: text("create_key").notNull().unique(),
    title: text("title").notNull(),
    description: text("description"),
    /** Shown to the buyer once the order is paid. */
    thanks: text("thanks"),
    /** Null where the buyer chooses, between the two others. */
    amount: rupiah("amount"),
    minAmount: rupiah("min_amount"),
    maxAmount: rupiah("max_amount"),
    /** How many orders may be paid; null for any number. */
    stock: integer("stock"),
    endsAt: moment("ends_at"),
    asksPhone: asking("asks_phone"),
    asksAddress: asking("asks_address"),
    asksNote: asking("asks_note"),
    switchedOffAt: moment("switched_off_at"),
    /** When its picture was last changed; null while it has none. */
    picturedAt: moment("pictured_at"),
    createdBy: text("created_by").$type<Actor>().notNull(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    index("payment_links_newest").on(table.createdAt.desc(), table.id.desc()),
    check(
      "payment_links_slug",
      sql`${table.slug} ~ '${sql.raw(slugPattern)}' and length(${table.slug}) <= ${sql.raw(String(mostOfSlug))}`,
    ),
    check(
      "payment_links_price",
      sql`num_nonnulls(${table.amount}, ${table.minAmount}) = 1 and coalesce(${table.amount}, ${table.minAmount}) > 0 and (${table.minAmount} is null) = (${table.maxAmount} is null) and (${table.maxAmount} is null or ${table.maxAmount} >= ${table.minAmount})`,
    ),
    check("payment_links_stock", sql`${table.stock} > 0`),
    check(
      "payment_links_asks",
      sql`${table.asksPhone} in (${toSqlList(askings)}) and ${table.asksAddress} in (${toSqlList(askings)}) and ${table.asksNote} in (${toSqlList(askings)})`,
    ),
    check("payment_links_created_by", sql`${table.createdBy} ~ '${sql.raw(actorPattern)}'`),
  ],
);

/** Apart from the links, so that a list of links loads no pictures. */
export const paymentLinkPictures = pgTable(
  "payment_link_pictures",
  {
    linkId: uuid("link_id")
      .primaryKey()
      .references(() => paymentLinks.id),
    /** By its bytes, not by what the browser said. */
    type: text("type").$type<PictureType>().notNull(),
    content: bytes("content").notNull(),
  },
  (table) => [
    check("payment_link_pictures_type", sql`${table.type} in (${toSqlList(pictureTypes)})`),
    check(
      "payment_link_pictures_size",
      sql`length(${table.content}) between 1 and ${sql.raw(String(mostPictureBytes))}`,
    ),
  ],
);

/** Which link an order came from. Whether it holds a piece of the stock is computed from the order and its session. */
export const paymentLinkOrders = pgTable(
  "payment_link_orders",
  {
    orderId: text("order_id")
      .$type<OrderId>()
      .primaryKey()
      .references(() => orders.id),
    linkId: uuid("link_id")
      .notNull()
      .references(() => paymentLinks.id),
    /** What the buyer wrote to the merchant. */
    note: text("note"),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [index("payment_link_orders_of_link").on(table.linkId, table.orderId)],
);
