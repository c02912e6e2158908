import { sql } from "drizzle-orm";
import { boolean, check, index, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { OrderId } from "../../lib/payment/order-id";
import { moment, rupiah } from "./columns";
import type { NameAndValue } from "./columns";
import { notifications } from "./notifications";
import { orders } from "./orders";
import { payments } from "./payments";

/** One row for each real payment, unique by its payment identity. Their sum is the money that came in. */
export const receipts = pgTable(
  "receipts",
  {
    id: uuid("id").primaryKey(),
    identity: text("identity").notNull().unique(),
    paymentId: uuid("payment_id")
      .notNull()
      .references(() => payments.id),
    orderId: text("order_id")
      .$type<OrderId>()
      .notNull()
      .references(() => orders.id),
    amount: rupiah("amount").notNull(),
    paidAt: moment("paid_at").notNull(),
    source: text("source").$type<"notification" | "status_check">().notNull(),
    notificationId: uuid("notification_id").references(() => notifications.id),
    identifiers: jsonb("identifiers").$type<NameAndValue[]>().notNull(),
    oneTime: boolean("one_time").notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [
    uniqueIndex("receipts_one_time_once")
      .on(table.paymentId)
      .where(sql`${table.oneTime}`),
    index("receipts_of_order").on(table.orderId),
    index("receipts_of_payment").on(table.paymentId),
    index("receipts_by_time").on(table.paidAt),
    check("receipts_amount", sql`${table.amount} > 0`),
    check("receipts_source", sql`${table.source} in ('notification', 'status_check')`),
  ],
);

/**
 * The notification that confirms a receipt from a status check. Receipts are never updated, so the identity and the
 * acquirer's ids that the notification adds are stored here.
 */
export const receiptConfirmations = pgTable("receipt_confirmations", {
  receiptId: uuid("receipt_id")
    .primaryKey()
    .references(() => receipts.id),
  identity: text("identity").notNull().unique(),
  notificationId: uuid("notification_id").references(() => notifications.id),
  identifiers: jsonb("identifiers").$type<NameAndValue[]>().notNull(),
  createdAt: moment("created_at").notNull(),
});
