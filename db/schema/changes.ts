import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { changeKinds } from "../../lib/payment/change-request";
import type { ChangedDetails, ChangeKind } from "../../lib/payment/change-request";
import { attributionChecks, attributionColumns, toSqlList, moment, rupiah } from "./columns";
import type { EventCause } from "./columns";
import { payments } from "./payments";
import type { GatewayError } from "./payments";

/**
 * A requested change of a code. Like a payment, it is saved with the exact bytes of its request before the call to
 * DOKU.
 */
export const paymentChanges = pgTable(
  "payment_changes",
  {
    id: uuid("id").primaryKey(),
    paymentId: uuid("payment_id")
      .notNull()
      .references(() => payments.id),
    kind: text("kind").$type<ChangeKind>().notNull(),
    cause: text("cause").$type<EventCause>().notNull(),
    ...attributionColumns,
    /** From this change on; of the payment, unless the validity is what changes. */
    expiresInMinutes: integer("expires_in_minutes").notNull(),
    /** Only for a change of the amount: the old and the new one. */
    amountBefore: rupiah("amount_before"),
    amountAfter: rupiah("amount_after"),
    /** Only for a change of details: the new texts at the till. */
    details: jsonb("details").$type<ChangedDetails>(),
    /** Only for a change of the validity: whether the code can then be paid more than once. */
    reusable: boolean("reusable"),
    requestId: text("request_id").notNull().unique(),
    requestPath: text("request_path").notNull(),
    requestBody: text("request_body").notNull(),
    status: text("status").$type<ChangeStatus>().notNull(),
    /** Counted before each try. Only a refusal of the first try proves that DOKU did not make the change. */
    tries: integer("tries").notNull().default(0),
    lastGatewayError: jsonb("last_trouble").$type<GatewayError>(),
    createdAt: moment("created_at").notNull(),
    settledAt: moment("settled_at"),
  },
  (table) => [
    uniqueIndex("payment_changes_one_open")
      .on(table.paymentId)
      .where(sql`${table.status} = 'requested'`),
    index("payment_changes_of_payment").on(table.paymentId),
    check("payment_changes_kind", sql`${table.kind} in (${toSqlList(changeKinds)})`),
    check(
      "payment_changes_amounts",
      sql`case when ${table.kind} = 'amount' then coalesce(${table.amountBefore} > 0
        and ${table.amountAfter} > 0 and ${table.amountBefore} <> ${table.amountAfter}, false)
        else ${table.amountBefore} is null and ${table.amountAfter} is null end`,
    ),
    check("payment_changes_details", sql`(${table.kind} = 'details') = (${table.details} is not null)`),
    check("payment_changes_validity", sql`(${table.kind} = 'validity') = (${table.reusable} is not null)`),
    check("payment_changes_status", sql`${table.status} in ('requested', 'done', 'refused', 'overtaken')`),
    check("payment_changes_settled", sql`(${table.status} = 'requested') = (${table.settledAt} is null)`),
    ...attributionChecks("payment_changes", table),
  ],
);

/** `overtaken`: the payment was paid or ended first. */
export type ChangeStatus = "requested" | "done" | "refused" | "overtaken";
