import { sql } from "drizzle-orm";
import { check, index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { OrderId } from "../../lib/payment/order-id";
import { bytes, moment } from "./columns";
import { orders } from "./orders";
import { payments } from "./payments";

/** Every delivery to the notification address, with its exact bytes: the merchant's proof. */
export const notifications = pgTable(
  "notifications",
  {
    id: uuid("id").primaryKey(),
    receivedAt: moment("received_at").notNull(),
    verdict: text("verdict").$type<Verdict>().notNull(),
    /** Why this verdict; a key for the text on the merchant's page. */
    reason: text("reason").notNull(),
    orderId: text("order_id")
      .$type<OrderId>()
      .references(() => orders.id),
    paymentId: uuid("payment_id").references(() => payments.id),
    /** From the message; it may be unknown here. */
    invoiceNumber: text("invoice_number"),
    requestId: text("request_id"),
    headers: jsonb("headers").$type<Record<string, string>>().notNull(),
    /** The raw bytes; null for a rejected message, of which only the digest is stored. */
    body: bytes("body"),
    bodyDigest: text("body_digest").notNull(),
    /** Which of the two secrets verified it. */
    verifiedBy: text("verified_by").$type<"current" | "previous">(),
  },
  (table) => [
    index("notifications_newest").on(table.receivedAt.desc(), table.id.desc()),
    index("notifications_of_payment").on(table.paymentId),
    index("notifications_by_invoice").on(table.invoiceNumber),
    index("notifications_strays")
      .on(table.receivedAt.desc(), table.id.desc())
      .where(sql`${table.orderId} is null`),
    index("notifications_strays_by_verdict")
      .on(table.verdict, table.receivedAt)
      .where(sql`${table.orderId} is null`),
    check(
      "notifications_verdict",
      sql`${table.verdict} in ('applied', 'repeat', 'ignored', 'amount_differs', 'needs_review', 'orphan', 'rejected')`,
    ),
    check("notifications_signed_is_whole", sql`(${table.verdict} = 'rejected') = (${table.body} is null)`),
    check("notifications_verified", sql`(${table.verdict} = 'rejected') = (${table.verifiedBy} is null)`),
  ],
);

export type Verdict =
  "applied" | "repeat" | "ignored" | "amount_differs" | "needs_review" | "orphan" | "rejected";

/**
 * An orphan that was matched with its payment later: its order was restored from a backup, or came from another
 * installation.
 */
export const notificationMatches = pgTable(
  "notification_matches",
  {
    notificationId: uuid("notification_id")
      .primaryKey()
      .references(() => notifications.id),
    paymentId: uuid("payment_id")
      .notNull()
      .references(() => payments.id),
    verdict: text("verdict").$type<Verdict>().notNull(),
    reason: text("reason").notNull(),
    matchedAt: moment("matched_at").notNull(),
  },
  (table) => [index("notification_matches_of_payment").on(table.paymentId)],
);
