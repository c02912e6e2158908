import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { boolean, check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { HowToPay } from "../../lib/payment/how-to-pay";
import type { InvoiceNumber } from "../../lib/payment/invoice-number";
import type { OrderId } from "../../lib/payment/order-id";
import type { ChannelId, FailureReason, PaymentStatus } from "../../lib/payment/payment";
import type { CodeKind, PaymentCode } from "../../lib/payment/payment-code";
import type { Terms } from "../../lib/payment/terms";
import { moment, rupiah, toSqlList } from "./columns";
import type { NameAndValue } from "./columns";
import { orders } from "./orders";

/** How often DOKU's steps for one code are fetched in vain. */
export const maxHowToPayTries = 4;

type HowToPayColumns = Record<"status" | "howToPayApi" | "howToPay" | "howToPayTries", AnyPgColumn>;

/** A code can be paid, and DOKU's steps for it are still to be fetched. Its values are literals, as an index needs. */
export const lacksHowToPay = (table: HowToPayColumns): SQL =>
  sql`${table.status} = 'awaiting_payment' and ${table.howToPayApi} is not null and ${table.howToPay} is null and ${table.howToPayTries} < ${sql.raw(String(maxHowToPayTries))}`;

/** DOKU may still report money for it, and it was not replaced. An order has at most one such payment. */
const isLive = (table: Record<"status" | "supersededAt", AnyPgColumn>): SQL =>
  sql`${table.status} in ('requested', 'awaiting_payment') and ${table.supersededAt} is null`;

/** When its time is over; before DOKU has answered, when it was made. */
const deadline = (table: Record<"expiresAt" | "createdAt", AnyPgColumn>): SQL =>
  sql`coalesce(${table.expiresAt}, ${table.createdAt})`;

/** The filters of the list of bills. */
export const billStatuses = {
  open: ["requested", "awaiting_payment"],
  paid: ["paid", "refunded"],
  ended: ["expired", "cancelled", "failed"],
} as const satisfies Record<string, readonly PaymentStatus[]>;

/** Its values are literals, as an index needs: the planner cannot compare parameters with an index. */
export const isBill = (
  table: Record<"codeKind" | "status", AnyPgColumn>,
  filter?: keyof typeof billStatuses,
): SQL =>
  filter === undefined
    ? sql`${table.codeKind} = 'dipc'`
    : sql`${table.codeKind} = 'dipc' and ${table.status} in (${toSqlList(billStatuses[filter])})`;

/** One attempt to pay an order through one channel, with the exact bytes of its create request. */
export const payments = pgTable(
  "payments",
  {
    id: uuid("id").primaryKey(),
    orderId: text("order_id")
      .$type<OrderId>()
      .notNull()
      .references(() => orders.id),
    attempt: integer("attempt").notNull(),
    channel: text("channel").$type<ChannelId>().notNull(),
    invoiceNumber: text("invoice_number").$type<InvoiceNumber>().notNull().unique(),
    amount: rupiah("amount").notNull(),
    reusable: boolean("reusable").notNull().default(false),
    /** Who makes the code and who holds the bill. A payment page has no code and is "dgpc" too. */
    codeKind: text("code_kind").$type<CodeKind>().notNull().default("dgpc"),
    /** What staff entered besides the amount: texts for the till, an insurance policy, shares. */
    terms: jsonb("terms").$type<Terms>().notNull().default({}),
    expiresInMinutes: integer("expires_in_minutes").notNull(),
    /**
     * DOKU's idempotency key. Every retry sends it with the same path and body. For a bill for direct inquiry nothing
     * is sent: path and body are empty.
     */
    requestId: text("request_id").notNull().unique(),
    requestPath: text("request_path").notNull(),
    requestBody: text("request_body").notNull(),
    status: text("status").$type<PaymentStatus>().notNull(),
    paymentCode: text("payment_code").$type<PaymentCode>(),
    paymentUrl: text("payment_url"),
    howToPayPage: text("how_to_pay_page"),
    howToPayApi: text("how_to_pay_api"),
    /** DOKU's own steps for this code, fetched from `how_to_pay_api` after the code was issued. */
    howToPay: jsonb("how_to_pay").$type<HowToPay[]>(),
    howToPayTries: integer("how_to_pay_tries").notNull().default(0),
    /** When they are fetched again; null before the first try. */
    howToPayDueAt: moment("how_to_pay_due_at"),
    identifiers: jsonb("identifiers").$type<NameAndValue[]>(),
    expiresAt: moment("expires_at"),
    paidAt: moment("paid_at"),
    paidLate: boolean("paid_late").notNull().default(false),
    /** When it ended unpaid, or was refunded. */
    closedAt: moment("closed_at"),
    failureReason: text("failure_reason").$type<FailureReason>(),
    /** When another attempt replaced it. It is no longer offered, but is still checked and can still pay the order. */
    supersededAt: moment("superseded_at"),
    /** DOKU's last answer that did not help, for the merchant. */
    lastGatewayError: jsonb("last_trouble").$type<GatewayError>(),
    /** When the next status check is due; null when there is nothing left to learn. */
    nextCheckAt: moment("next_check_at"),
    /** How often the create request was sent without a usable answer. */
    tries: integer("tries").notNull().default(0),
    /** When the last status check was sent; at most one a minute for a payment. */
    checkedAt: moment("checked_at"),
    /** Until then one process may call DOKU for this payment; `lease` is its fencing number. */
    leasedUntil: moment("leased_until"),
    lease: integer("lease").notNull().default(0),
    /** When an inquiry about this bill was last answered. Without one it cannot have been paid. */
    inquiredAt: moment("inquired_at"),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [
    uniqueIndex("payments_attempt").on(table.orderId, table.attempt),
    uniqueIndex("payments_one_live")
      .on(table.orderId)
      .where(sql`${table.status} in ('requested', 'awaiting_payment') and ${table.supersededAt} is null`),
    // A merchant code belongs to one open payment.
    uniqueIndex("payments_own_code_once")
      .on(table.paymentCode)
      .where(sql`${table.codeKind} <> 'dgpc' and ${table.status} in ('requested', 'awaiting_payment')`),
    index("payments_bills").on(table.createdAt.desc(), table.id.desc()).where(isBill(table)),
    index("payments_bills_open").on(table.createdAt.desc(), table.id.desc()).where(isBill(table, "open")),
    index("payments_bills_paid").on(table.createdAt.desc(), table.id.desc()).where(isBill(table, "paid")),
    index("payments_bills_ended").on(table.createdAt.desc(), table.id.desc()).where(isBill(table, "ended")),
    // Live ones by the end of their time; reusable codes apart, because they stay live after they were paid.
    index("payments_live")
      .on(table.reusable, sql`${deadline(table)} desc`, sql`${table.orderId} desc`)
      .where(isLive(table)),
    index("payments_reusable")
      .on(table.createdAt.desc(), table.id.desc())
      .where(sql`${table.reusable}`),
    // For searches by prefix, which need this operator class.
    index("payments_code").using("btree", table.paymentCode.op("text_pattern_ops")),
    index("payments_invoice").using("btree", table.invoiceNumber.op("text_pattern_ops")),
    index("payments_refunded")
      .on(table.closedAt)
      .where(sql`${table.status} = 'refunded'`),
    index("payments_due")
      .on(table.nextCheckAt)
      .where(sql`${table.nextCheckAt} is not null`),
    index("payments_lack_how_to_pay").on(table.createdAt.desc()).where(lacksHowToPay(table)),
    check("payments_amount", sql`${table.amount} between 1 and 9007199254740991`),
    check("payments_attempt_positive", sql`${table.attempt} > 0`),
    check("payments_code_kind", sql`${table.codeKind} in ('dgpc', 'mgpc', 'dipc')`),
    check("payments_own_code_known", sql`${table.codeKind} = 'dgpc' or ${table.paymentCode} is not null`),
    check("payments_code_digits", sql`${table.paymentCode} ~ '^[0-9]{1,25}$'`),
    check(
      "payments_status",
      sql`${table.status} in ('requested', 'awaiting_payment', 'paid', 'expired', 'cancelled', 'failed', 'refunded')`,
    ),
    check(
      "payments_awaiting_has_means",
      sql`${table.status} <> 'awaiting_payment' or (${table.expiresAt} is not null and num_nonnulls(${table.paymentCode}, ${table.paymentUrl}) = 1)`,
    ),
    check("payments_paid_has_time", sql`${table.status} <> 'paid' or ${table.paidAt} is not null`),
    check(
      "payments_closed_has_time",
      sql`${table.status} not in ('expired', 'cancelled', 'failed', 'refunded') or ${table.closedAt} is not null`,
    ),
    check(
      "payments_failed_has_reason",
      sql`(${table.status} = 'failed') = (${table.failureReason} is not null)`,
    ),
  ],
);

export type GatewayError = {
  at: string;
  what: string;
  httpStatus?: number | undefined;
  code?: string | undefined;
  message?: string | undefined;
  text?: string | undefined;
};
