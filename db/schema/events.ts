import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { OrderId } from "../../lib/payment/order-id";
import type { PaymentStatus } from "../../lib/payment/payment";
import { transitionCheck } from "../../lib/payment/transitions";
import { attributionChecks, attributionColumns, moment } from "./columns";
import type { EventCause } from "./columns";
import { notifications } from "./notifications";
import { orders } from "./orders";
import { payments } from "./payments";

/** The history of an order: each change with its actor and reason. Rows are only inserted. */
export const paymentEvents = pgTable(
  "payment_events",
  {
    id: uuid("id").primaryKey(),
    orderId: text("order_id")
      .$type<OrderId>()
      .notNull()
      .references(() => orders.id),
    /** The version of the order after this event. */
    version: integer("version").notNull(),
    paymentId: uuid("payment_id").references(() => payments.id),
    kind: text("kind").$type<EventKind>().notNull(),
    from: text("from_status").$type<PaymentStatus>(),
    to: text("to_status").$type<PaymentStatus>(),
    cause: text("cause").$type<EventCause>().notNull(),
    ...attributionColumns,
    notificationId: uuid("notification_id").references(() => notifications.id),
    detail: jsonb("detail").$type<Record<string, unknown>>(),
    at: moment("at").notNull(),
  },
  (table) => [
    uniqueIndex("payment_events_version").on(table.orderId, table.version),
    // Read with every payment update, to find cases about the same update.
    index("payment_events_reviews")
      .on(table.paymentId)
      .where(sql`${table.kind} = 'needs_review'`),
    check(
      "payment_events_cause",
      sql`${table.cause} in ('shopper', 'merchant', 'doku', 'notification', 'status_check', 'clock')`,
    ),
    ...attributionChecks("payment_events", table),
    check("payment_events_transition", sql.raw(transitionCheck(`"from_status"`, `"to_status"`))),
  ],
);

export type EventKind =
  | "order_placed"
  | "payment_started"
  | "code_issued"
  | "refused"
  | "outcome_unknown"
  | "moved"
  | "paid_again"
  | "confirmed"
  | "needs_review"
  | "superseded"
  /** Money that came for it was given back by hand, and its code is not offered again. */
  | "withdrawn"
  | "given_up"
  | "case_closed"
  | "change_asked"
  | "change_refused"
  | "extended"
  | "amount_changed"
  | "details_changed"
  | "validity_changed"
  /** No payment of the session can be started any more. */
  | "session_expired"
  | "session_cancelled";
