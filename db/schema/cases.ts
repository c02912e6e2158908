import { sql } from "drizzle-orm";
import { boolean, check, index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { caseResolutions } from "../../lib/payment/case-decision";
import type { CaseResolution } from "../../lib/payment/case-decision";
import type { CaseKind } from "../../lib/payment/case-kind";
import type { OrderId } from "../../lib/payment/order-id";
import { claimLimits } from "../../lib/payment/payment-claim";
import { bytes, moment, toSqlList } from "./columns";
import { notifications } from "./notifications";
import { orders } from "./orders";
import { payments } from "./payments";

/** Something that a person must decide. Opened once; closed by a person with a note, or by a fact that answers it. */
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
    /** null when a fact closed it. */
    closedBy: text("closed_by"),
    /** What the person wrote; of a case that a fact closed, the fact (lib/payment/solved-cases.ts). */
    note: text("note"),
    /** null also in a closed row of an older release, which had only notes. */
    resolution: text("resolution").$type<CaseResolution>(),
    /** Only for money that was returned: the day as YYYY-MM-DD, and how. */
    returnedOn: text("returned_on"),
    returnedHow: text("returned_how"),
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
    index("cases_returned")
      .on(table.returnedOn)
      .where(sql`${table.returnedOn} is not null`),
    check(
      "cases_kind",
      sql`${table.kind} in ('paid_twice', 'paid_after_cancel', 'amount_differs', 'orphan', 'conflicting_answer', 'payment_claimed')`,
    ),
    check("cases_closed_with_note", sql`(${table.closedAt} is null) = (${table.note} is null)`),
    check("cases_resolution", sql`${table.resolution} in (${toSqlList(caseResolutions)})`),
    check(
      "cases_returned_how",
      sql`num_nonnulls(${table.returnedOn}, ${table.returnedHow}) = case when ${table.resolution} = 'returned' then 2 else 0 end`,
    ),
  ],
);

/** What a shopper said with a case of the kind `payment_claimed`: a receipt's number, a photo of it, or both. */
export const paymentClaims = pgTable(
  "payment_claims",
  {
    caseId: uuid("case_id")
      .primaryKey()
      .references(() => cases.id),
    orderId: text("order_id")
      .$type<OrderId>()
      .notNull()
      .references(() => orders.id),
    receiptNumber: text("receipt_number"),
    note: text("note"),
    hasPhoto: boolean("has_photo").notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [
    index("payment_claims_of_order").on(table.orderId, table.createdAt),
    check("payment_claims_proof", sql`${table.hasPhoto} or ${table.receiptNumber} is not null`),
  ],
);

/** Apart from the claims, so that a list of them loads no photos. For staff alone. */
export const paymentClaimPhotos = pgTable(
  "payment_claim_photos",
  {
    caseId: uuid("case_id")
      .primaryKey()
      .references(() => paymentClaims.caseId),
    /** A JPEG that this program drew itself. */
    content: bytes("content").notNull(),
  },
  (table) => [
    check(
      "payment_claim_photos_size",
      sql`length(${table.content}) between 1 and ${sql.raw(String(claimLimits.photoBytes))}`,
    ),
  ],
);
