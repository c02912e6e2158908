import { boolean, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { OrderId } from "../../lib/payment/order-id";
import { moment } from "./columns";
import { orders } from "./orders";

/**
 * Browsers that may end an order's code: the one that typed its name, e-mail and phone, those that proved to know them, and
 * those that started a payment with what a program of the merchant had given. Everyone else who has the link sees what a
 * person at the till needs.
 */
export const orderBrowsers = pgTable(
  "order_browsers",
  {
    orderId: text("order_id")
      .$type<OrderId>()
      .notNull()
      .references(() => orders.id),
    /** SHA-256 of the browser's cookie, in hex. */
    browser: text("browser").notNull(),
    /** Name, e-mail and phone may be shown to it. */
    seesContact: boolean("sees_contact").notNull().default(true),
    since: moment("since").notNull(),
  },
  (table) => [primaryKey({ columns: [table.orderId, table.browser] })],
);
