import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { OrderId } from "../../lib/payment/order-id";
import { bytes, moment } from "./columns";
import type { NameAndValue } from "./columns";
import { orders } from "./orders";
import { payments } from "./payments";

/**
 * Every inquiry and our answer, with their exact bytes. Of an inquiry without a valid signature only the digest of the
 * body is stored.
 */
export const inquiries = pgTable(
  "inquiries",
  {
    id: uuid("id").primaryKey(),
    receivedAt: moment("received_at").notNull(),
    /** The status of our answer; `rejected` when the signature was not valid. */
    answer: text("answer").$type<InquiryAnswer>().notNull(),
    /** Why; a key for the text on the merchant's page. */
    reason: text("reason").notNull(),
    httpStatus: integer("http_status").notNull(),
    /** From the arrival of the inquiry to its answer. */
    tookMs: integer("took_ms").notNull(),
    orderId: text("order_id")
      .$type<OrderId>()
      .references(() => orders.id),
    paymentId: uuid("payment_id").references(() => payments.id),
    /** From the inquiry; it may be unknown here. */
    paymentCode: text("payment_code"),
    requestId: text("request_id"),
    headers: jsonb("headers").$type<Record<string, string>>().notNull(),
    body: bytes("body"),
    bodyDigest: text("body_digest").notNull(),
    /** The exact body of our answer. */
    answered: text("answered").notNull(),
    /** The acquirer's own ids. */
    identifiers: jsonb("identifiers").$type<NameAndValue[]>().notNull(),
    verifiedBy: text("verified_by").$type<"current" | "previous">(),
  },
  (table) => [
    index("inquiries_newest").on(table.receivedAt.desc(), table.id.desc()),
    index("inquiries_of_payment").on(table.paymentId),
    check(
      "inquiries_answer",
      sql`${table.answer} in ('success', 'decline', 'billing_already_paid', 'billing_was_expired', 'billing_not_found', 'rejected')`,
    ),
    check("inquiries_signed_is_whole", sql`(${table.answer} = 'rejected') = (${table.body} is null)`),
    check("inquiries_verified", sql`(${table.answer} = 'rejected') = (${table.verifiedBy} is null)`),
  ],
);

/**
 * DOKU's statuses of an answer (docs/doku-protocol.md#45-direct-inquiry-dipc), and `rejected` for an inquiry without a
 * valid signature.
 */
export type InquiryAnswer =
  "success" | "decline" | "billing_already_paid" | "billing_was_expired" | "billing_not_found" | "rejected";
