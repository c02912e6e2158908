import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { OrderId } from "../../lib/payment/order-id";
import { moment } from "./columns";
import { orders } from "./orders";

/**
 * Browsers to which an order's name, e-mail and phone may be shown, and which may end its code: the one that typed them, and
 * those that proved to know them. Everyone else who has the link sees what a person at the till needs.
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
    since: moment("since").notNull(),
  },
  (table) => [primaryKey({ columns: [table.orderId, table.browser] })],
);
