import { sql } from "drizzle-orm";
import { check, customType, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import type { OrderId } from "../../lib/payment/order-id";
import { moment } from "./columns";

/** Compared byte by byte whatever the language of the database, so that a beginning is one range of an index. */
const plainText = customType<{ data: string }>({ dataType: () => `text COLLATE "C"` });

/**
 * What an order is found by: the words of the customer's name, e-mail, phone, invoice numbers and payment codes, each
 * folded as `search_fold` does it. Triggers keep it, so that every way to write is covered
 * (docs/decisions/026-search-by-terms.md).
 */
export const searchTerms = pgTable(
  "search_terms",
  {
    term: plainText("term").notNull(),
    /** Whole days since 1970 in UTC, of `createdAt`. */
    day: integer("day").notNull(),
    /** Of the order. */
    createdAt: moment("created_at").notNull(),
    orderId: text("order_id").$type<OrderId>().notNull(),
  },
  (table) => [
    index("search_terms_by_term").on(table.term),
    index("search_terms_by_day").on(table.day, table.term),
  ],
);

/** How far the terms of orders from before the triggers are written, newest first. Without a row all are written. */
export const searchFill = pgTable(
  "search_fill",
  {
    id: integer("id").primaryKey().default(1),
    beforeAt: moment("before_at").notNull(),
    beforeId: text("before_id").notNull(),
  },
  (table) => [check("search_fill_one_row", sql`${table.id} = 1`)],
);
