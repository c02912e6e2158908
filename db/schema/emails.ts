import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { emailKinds, emailReasons, emailStatuses } from "../../lib/email/email";
import type { EmailKind, EmailReason, EmailStatus } from "../../lib/email/email";
import type { OrderId } from "../../lib/payment/order-id";
import { moment, toSqlList } from "./columns";
import { orders } from "./orders";
import { payments } from "./payments";

/**
 * One e-mail to a shopper, made with the event that it is about (docs/decisions/041-emails-to-shoppers.md). The address is
 * the order's and is read when it is sent, so that it stands in one place.
 */
export const emails = pgTable(
  "emails",
  {
    id: uuid("id").primaryKey(),
    orderId: text("order_id")
      .$type<OrderId>()
      .notNull()
      .references(() => orders.id),
    paymentId: uuid("payment_id")
      .notNull()
      .references(() => payments.id),
    kind: text("kind").$type<EmailKind>().notNull(),
    /** What makes a further one of the same kind: the deadline of a reminder, the receipt of a top-up; else empty. */
    occasion: text("occasion").notNull(),
    status: text("status").$type<EmailStatus>().notNull().default("pending"),
    /** Why the last try failed, or why it was not sent. */
    reason: text("reason").$type<EmailReason>(),
    /** The mail server's answer to the last try, as a number. */
    smtpCode: integer("smtp_code"),
    tries: integer("tries").notNull().default(0),
    dueAt: moment("due_at").notNull(),
    /** Until then one process has it; `lease` is its fencing number. */
    leasedUntil: moment("leased_until"),
    lease: integer("lease").notNull().default(0),
    /** Since when every try has failed. */
    failingSince: moment("failing_since"),
    createdAt: moment("created_at").notNull(),
    settledAt: moment("settled_at"),
  },
  (table) => [
    unique("emails_once").on(table.paymentId, table.kind, table.occasion),
    index("emails_due")
      .on(table.dueAt)
      .where(sql`${table.status} = 'pending'`),
    index("emails_of_order").on(table.orderId),
    index("emails_oldest").on(table.createdAt),
    index("emails_sent")
      .on(table.settledAt)
      .where(sql`${table.status} = 'sent'`),
    check("emails_kind", sql`${table.kind} in (${toSqlList(emailKinds)})`),
    check("emails_status", sql`${table.status} in (${toSqlList(emailStatuses)})`),
    check("emails_reason", sql`${table.reason} in (${toSqlList(emailReasons)})`),
    check("emails_settled", sql`(${table.status} = 'pending') = (${table.settledAt} is null)`),
  ],
);

/** Addresses that want no reminders, as SHA-256 in hex. */
export const emailOptOuts = pgTable("email_opt_outs", {
  addressHash: text("address_hash").primaryKey(),
  since: moment("since").notNull(),
});
