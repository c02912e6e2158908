import { sql } from "drizzle-orm";
import { check, index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { CaseKind } from "../../lib/payment/case-kind";
import type { OrderId } from "../../lib/payment/order-id";
import { moment } from "./columns";
import { notifications } from "./notifications";
import { orders } from "./orders";
import { payments } from "./payments";

/** Something that a person must decide. Opened once, closed with a note. */
export const cases = pgTable(
  "cases",
  {
    id: uuid("id").primaryKey(),
    kind: text("kind").$type<CaseKind>().notNull(),
    orderId: text("order_id")
      .$type<OrderId>()
      .references(() => orders.id),
    paymentId: uuid("payment_id").references(() => payments.id),
    notificationId: uuid("notification_id").references(() => notifications.id),
    /** Only for an orphan: equal for messages with the same content (lib/doku/transaction-report.ts, `toSubject`). */
    subject: text("subject"),
    openedAt: moment("opened_at").notNull(),
    closedAt: moment("closed_at"),
    closedBy: text("closed_by"),
    note: text("note"),
  },
  (table) => [
    uniqueIndex("cases_open_once")
      .on(table.kind, table.paymentId)
      .where(sql`${table.closedAt} is null and ${table.paymentId} is not null`),
    uniqueIndex("cases_orphan_once")
      .on(table.subject)
      .where(sql`${table.kind} = 'orphan'`),
    index("cases_open")
      .on(table.openedAt)
      .where(sql`${table.closedAt} is null`),
    index("cases_of_order").on(table.orderId),
    check(
      "cases_kind",
      sql`${table.kind} in ('paid_twice', 'paid_after_cancel', 'amount_differs', 'orphan', 'conflicting_answer')`,
    ),
    check("cases_closed_with_note", sql`(${table.closedAt} is null) = (${table.note} is null)`),
  ],
);
