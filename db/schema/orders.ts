import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { OrderId } from "../../lib/payment/order-id";
import { moment, rupiah } from "./columns";

/** What the demo shop sells; the only source of prices. */
export const products = pgTable(
  "products",
  {
    id: text("id").primaryKey(),
    nameId: text("name_id").notNull(),
    nameEn: text("name_en").notNull(),
    price: rupiah("price").notNull(),
    /** One of DOKU's 45 categories for Indodana (docs/doku-protocol.md#61-request). */
    category: text("category").notNull(),
    shipped: boolean("shipped").notNull(),
    position: integer("position").notNull(),
  },
  (table) => [check("products_price", sql`${table.price} > 0`)],
);

/** What a shopper buys. Its row is the lock for everything that belongs to it; every change raises `version` by one. */
export const orders = pgTable(
  "orders",
  {
    id: text("id").$type<OrderId>().primaryKey(),
    /** Made by the server with the cart, so that a form sent twice finds the existing order. */
    checkoutKey: text("checkout_key").notNull().unique(),
    amount: rupiah("amount").notNull(),
    version: integer("version").notNull().default(1),
    customerName: text("customer_name"),
    customerEmail: text("customer_email"),
    customerPhone: text("customer_phone"),
    /** In which language the shopper used the checkout last; null before, and where a program or staff made the order. */
    locale: text("locale").$type<"id" | "en">(),
    billing: jsonb("billing").$type<StoredAddress>(),
    shipping: jsonb("shipping").$type<StoredAddress>(),
    /** When its first payment was paid; from then on the order is paid. */
    paidAt: moment("paid_at"),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    check("orders_amount", sql`${table.amount} between 1 and 9007199254740991`),
    check("orders_version", sql`${table.version} > 0`),
    check("orders_locale", sql`${table.locale} in ('id', 'en')`),
    index("orders_newest").on(table.createdAt.desc(), table.id.desc()),
    index("orders_phone").using("btree", table.customerPhone.op("text_pattern_ops")),
    index("orders_name").using("gin", sql`to_tsvector('simple', ${table.customerName})`),
  ],
);

export type StoredAddress = {
  firstName: string;
  lastName: string;
  address: string;
  city: string;
  postalCode: string;
  phone: string;
};

/** The lines of an order, with the price at which they were bought. */
export const orderItems = pgTable(
  "order_items",
  {
    orderId: text("order_id")
      .$type<OrderId>()
      .notNull()
      .references(() => orders.id),
    position: integer("position").notNull(),
    productId: text("product_id").notNull(),
    nameId: text("name_id").notNull(),
    nameEn: text("name_en").notNull(),
    price: rupiah("price").notNull(),
    quantity: integer("quantity").notNull(),
    category: text("category").notNull(),
    shipped: boolean("shipped").notNull(),
    /** The merchant's own page and picture of it; null for what this shop shows itself. */
    url: text("url"),
    imageUrl: text("image_url"),
  },
  (table) => [
    primaryKey({ columns: [table.orderId, table.position] }),
    check("order_items_price", sql`${table.price} > 0`),
    check("order_items_quantity", sql`${table.quantity} between 1 and 99999999`),
  ],
);
