import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { actorPattern, reasons } from "../lib/payment/attribution";
import type { Actor, Reason } from "../lib/payment/attribution";
import { changeKinds } from "../lib/payment/change-request";
import type { ChangedDetails, ChangeKind } from "../lib/payment/change-request";
import type { CaseKind } from "../lib/payment/decide";
import type { InvoiceNumber } from "../lib/payment/invoice-number";
import type { OrderId } from "../lib/payment/order-id";
import type { ChannelId, FailureReason, PaymentStatus } from "../lib/payment/payment";
import type { CodeKind, PaymentCode } from "../lib/payment/payment-code";
import type { Rupiah } from "../lib/payment/rupiah";
import type { Terms } from "../lib/payment/terms";
import { transitionCheck } from "../lib/payment/transitions";

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });
const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
const rupiah = (name: string) => bigint(name, { mode: "number" }).$type<Rupiah>();
const listed = (words: readonly string[]) => sql.raw(words.map((word) => `'${word}'`).join(", "));

/** Who and why; both empty in rows from before they were there (db/attribution.ts). */
const attributionColumns = {
  actor: text("actor").$type<Actor>(),
  reason: text("reason").$type<Reason>(),
};
const attributionChecks = (name: string, { actor, reason }: { actor: AnyPgColumn; reason: AnyPgColumn }) => [
  check(`${name}_actor`, sql`${actor} ~ '${sql.raw(actorPattern)}'`),
  check(`${name}_reason`, sql`${reason} in (${listed(reasons)})`),
  check(`${name}_attributed`, sql`(${actor} is null) = (${reason} is null)`),
];

export type NameAndValue = { name: string; value: string };
export type StoredAddress = {
  firstName: string;
  lastName: string;
  address: string;
  city: string;
  postalCode: string;
  phone: string;
};

/** What the demo shop sells. Prices come from here and from nowhere else. */
export const products = pgTable(
  "products",
  {
    id: text("id").primaryKey(),
    nameId: text("name_id").notNull(),
    nameEn: text("name_en").notNull(),
    price: rupiah("price").notNull(),
    /** One of DOKU's 45 words for Indodana (docs/doku-protocol.md#61-request). */
    category: text("category").notNull(),
    shipped: boolean("shipped").notNull(),
    position: integer("position").notNull(),
  },
  (table) => [check("products_price", sql`${table.price} > 0`)],
);

/** What a shopper buys. Its row is the lock of everything below it, and `version` rises by one with every change. */
export const orders = pgTable(
  "orders",
  {
    id: text("id").$type<OrderId>().primaryKey(),
    /** Made by us with the cart: a form sent twice finds the order of the first time. */
    checkoutKey: text("checkout_key").notNull().unique(),
    amount: rupiah("amount").notNull(),
    version: integer("version").notNull().default(1),
    customerName: text("customer_name"),
    customerEmail: text("customer_email"),
    customerPhone: text("customer_phone"),
    billing: jsonb("billing").$type<StoredAddress>(),
    shipping: jsonb("shipping").$type<StoredAddress>(),
    /** When the first of its payments was paid; the order is paid from then on. */
    paidAt: moment("paid_at"),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    check("orders_amount", sql`${table.amount} between 1 and 9007199254740991`),
    check("orders_version", sql`${table.version} > 0`),
    index("orders_newest").on(table.createdAt.desc(), table.id.desc()),
    index("orders_phone").using("btree", table.customerPhone.op("text_pattern_ops")),
    index("orders_name").using("gin", sql`to_tsvector('simple', ${table.customerName})`),
  ],
);

/** The lines of an order, with the price at which they were bought. */
export const orderItems = pgTable(
  "order_items",
  {
    orderId: text("order_id")
      .$type<OrderId>()
      .notNull()
      .references(() => orders.id),
    position: integer("position").notNull(),
    productId: text("product_id").notNull(),
    nameId: text("name_id").notNull(),
    nameEn: text("name_en").notNull(),
    price: rupiah("price").notNull(),
    quantity: integer("quantity").notNull(),
    category: text("category").notNull(),
    shipped: boolean("shipped").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.orderId, table.position] }),
    check("order_items_price", sql`${table.price} > 0`),
    check("order_items_quantity", sql`${table.quantity} between 1 and 99999999`),
  ],
);

/** One attempt to pay an order through one channel, with the very bytes that DOKU is asked with. */
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
    /** Who makes the code and who holds the bill; a page has no code, and says "dgpc" like all that DOKU makes. */
    codeKind: text("code_kind").$type<CodeKind>().notNull().default("dgpc"),
    /** What the merchant asked for beside the amount: texts of the till, a policy, shares. */
    terms: jsonb("terms").$type<Terms>().notNull().default({}),
    expiresInMinutes: integer("expires_in_minutes").notNull(),
    /**
     * The idempotency key at DOKU; with the path and the body it is sent again unchanged until an answer is usable. Of a
     * bill that waits here for DOKU's inquiry nothing is sent: its path and body are empty.
     */
    requestId: text("request_id").notNull().unique(),
    requestPath: text("request_path").notNull(),
    requestBody: text("request_body").notNull(),
    status: text("status").$type<PaymentStatus>().notNull(),
    paymentCode: text("payment_code").$type<PaymentCode>(),
    paymentUrl: text("payment_url"),
    howToPayPage: text("how_to_pay_page"),
    howToPayApi: text("how_to_pay_api"),
    identifiers: jsonb("identifiers").$type<NameAndValue[]>(),
    expiresAt: moment("expires_at"),
    paidAt: moment("paid_at"),
    paidLate: boolean("paid_late").notNull().default(false),
    /** When it ended without money, or was refunded. */
    closedAt: moment("closed_at"),
    failureReason: text("failure_reason").$type<FailureReason>(),
    /** Another attempt took its place. It is no longer offered, but still watched and still able to pay the order. */
    supersededAt: moment("superseded_at"),
    /** DOKU's last unhelpful answer, in its own words, for the merchant. */
    lastTrouble: jsonb("last_trouble").$type<Trouble>(),
    /** When to ask DOKU next; empty when there is nothing left to learn. */
    nextCheckAt: moment("next_check_at"),
    /** How often the create request was sent without a usable answer. */
    tries: integer("tries").notNull().default(0),
    /** When a status check was last sent; DOKU is asked about one payment at most once a minute. */
    checkedAt: moment("checked_at"),
    /** Who asks holds the row until then; `lease` fences off one that woke up too late. */
    leasedUntil: moment("leased_until"),
    lease: integer("lease").notNull().default(0),
    /** When DOKU was last told of this bill by direct inquiry. Until then it cannot have been paid. */
    inquiredAt: moment("inquired_at"),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [
    uniqueIndex("payments_attempt").on(table.orderId, table.attempt),
    uniqueIndex("payments_one_live")
      .on(table.orderId)
      .where(sql`${table.status} in ('requested', 'awaiting_payment') and ${table.supersededAt} is null`),
    // A code of our own making leads a till to one bill.
    uniqueIndex("payments_own_code_once")
      .on(table.paymentCode)
      .where(sql`${table.codeKind} <> 'dgpc' and ${table.status} in ('requested', 'awaiting_payment')`),
    index("payments_bills")
      .on(table.createdAt.desc(), table.id.desc())
      .where(sql`${table.codeKind} = 'dipc'`),
    index("payments_reusable")
      .on(table.createdAt.desc(), table.id.desc())
      .where(sql`${table.reusable}`),
    // Searched by their beginnings, which an index serves only under this class.
    index("payments_code").using("btree", table.paymentCode.op("text_pattern_ops")),
    index("payments_invoice").using("btree", table.invoiceNumber.op("text_pattern_ops")),
    index("payments_due")
      .on(table.nextCheckAt)
      .where(sql`${table.nextCheckAt} is not null`),
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

export type Trouble = {
  at: string;
  what: string;
  httpStatus?: number | undefined;
  code?: string | undefined;
  message?: string | undefined;
  text?: string | undefined;
};

/** Every arrival at the notification address, word for word: the merchant's proof and our memory. */
export const notifications = pgTable(
  "notifications",
  {
    id: uuid("id").primaryKey(),
    receivedAt: moment("received_at").notNull(),
    verdict: text("verdict").$type<Verdict>().notNull(),
    /** Why this verdict, one word for the merchant's page. */
    reason: text("reason").notNull(),
    orderId: text("order_id")
      .$type<OrderId>()
      .references(() => orders.id),
    paymentId: uuid("payment_id").references(() => payments.id),
    /** As the message claims; nothing of ours need carry it. */
    invoiceNumber: text("invoice_number"),
    requestId: text("request_id"),
    headers: jsonb("headers").$type<Record<string, string>>().notNull(),
    /** The raw bytes; empty for a rejected message, of which only the digest is kept. */
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
 * Every question of DOKU at the inquiry address and our answer, word for word. What was not proven to be DOKU's keeps no
 * body, only its digest.
 */
export const inquiries = pgTable(
  "inquiries",
  {
    id: uuid("id").primaryKey(),
    receivedAt: moment("received_at").notNull(),
    /** What was answered: a status of DOKU's, or that the question was not proven to be DOKU's. */
    answer: text("answer").$type<InquiryAnswer>().notNull(),
    /** Why, one word for the merchant's page. */
    reason: text("reason").notNull(),
    httpStatus: integer("http_status").notNull(),
    /** From the reading of the question to the answer. Milliseconds. */
    tookMs: integer("took_ms").notNull(),
    orderId: text("order_id")
      .$type<OrderId>()
      .references(() => orders.id),
    paymentId: uuid("payment_id").references(() => payments.id),
    /** As the question claims; nothing of ours need carry it. */
    paymentCode: text("payment_code"),
    requestId: text("request_id"),
    headers: jsonb("headers").$type<Record<string, string>>().notNull(),
    body: bytes("body"),
    bodyDigest: text("body_digest").notNull(),
    /** The very body of our answer. */
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
 * DOKU's words for an answer (docs/doku-protocol.md#45-direct-inquiry-dipc), and `rejected` for a question that is
 * not proven to be DOKU's.
 */
export type InquiryAnswer =
  "success" | "decline" | "billing_already_paid" | "billing_was_expired" | "billing_not_found" | "rejected";

/** One row for each real payment of money, unique by what makes it that payment. The sum of these is what came in. */
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
 * The notification of a payment that a status check had brought before. A receipt is never written again, so what the
 * notification adds, its identity and the acquirer's ids, stands here.
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

/** An orphan that found its payment after all: the order came back with a backup, or was another installation's. */
export const notificationMatches = pgTable("notification_matches", {
  notificationId: uuid("notification_id")
    .primaryKey()
    .references(() => notifications.id),
  paymentId: uuid("payment_id")
    .notNull()
    .references(() => payments.id),
  verdict: text("verdict").$type<Verdict>().notNull(),
  reason: text("reason").notNull(),
  matchedAt: moment("matched_at").notNull(),
});

/** A change of a code at DOKU, asked for by PATCH: like a payment, saved with its exact bytes before DOKU is asked. */
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
    expiresInMinutes: integer("expires_in_minutes").notNull(),
    /** Of a change of the amount alone: what the code asked for before, and what it shall ask for. */
    amountBefore: rupiah("amount_before"),
    amountAfter: rupiah("amount_after"),
    /** Of a change of the words alone: what the till shall show. */
    details: jsonb("details").$type<ChangedDetails>(),
    requestId: text("request_id").notNull().unique(),
    requestPath: text("request_path").notNull(),
    requestBody: text("request_body").notNull(),
    status: text("status").$type<ChangeStatus>().notNull(),
    /** How often it was sent, or was about to be: only a refusal of the first try says that DOKU did not do it. */
    tries: integer("tries").notNull().default(0),
    lastTrouble: jsonb("last_trouble").$type<Trouble>(),
    createdAt: moment("created_at").notNull(),
    settledAt: moment("settled_at"),
  },
  (table) => [
    uniqueIndex("payment_changes_one_open")
      .on(table.paymentId)
      .where(sql`${table.status} = 'requested'`),
    index("payment_changes_of_payment").on(table.paymentId),
    check("payment_changes_kind", sql`${table.kind} in (${listed(changeKinds)})`),
    check(
      "payment_changes_amounts",
      sql`case when ${table.kind} = 'amount' then coalesce(${table.amountBefore} > 0
        and ${table.amountAfter} > 0 and ${table.amountBefore} <> ${table.amountAfter}, false)
        else ${table.amountBefore} is null and ${table.amountAfter} is null end`,
    ),
    check("payment_changes_details", sql`(${table.kind} = 'details') = (${table.details} is not null)`),
    check("payment_changes_status", sql`${table.status} in ('requested', 'done', 'refused', 'overtaken')`),
    check("payment_changes_settled", sql`(${table.status} = 'requested') = (${table.settledAt} is null)`),
    ...attributionChecks("payment_changes", table),
  ],
);

/** `overtaken`: the payment was paid or ended before DOKU's answer mattered. */
export type ChangeStatus = "requested" | "done" | "refused" | "overtaken";

/** The history of an order: what moved, from, to, by whom and why. Rows are added and never touched again. */
export const paymentEvents = pgTable(
  "payment_events",
  {
    id: uuid("id").primaryKey(),
    orderId: text("order_id")
      .$type<OrderId>()
      .notNull()
      .references(() => orders.id),
    /** The order's version that this event made. */
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
    // Read with each word of DOKU: what a person was asked before.
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
  | "given_up"
  | "case_closed"
  | "change_asked"
  | "change_refused"
  | "extended"
  | "amount_changed"
  | "details_changed";
/** What `actor` and `reason` have taken the place of; still written for programs of before them. */
export type EventCause = "shopper" | "merchant" | "doku" | "notification" | "status_check" | "clock";

/** Something only a person can decide. Opened once, closed with a note, never silently. */
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
    /** Of an orphan alone: the same for every message that says the same (lib/doku/transaction-report.ts, `subjectOf`). */
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

/** How many status checks DOKU was asked for in one second, by all programs together: one row that each of them counts in. */
export const statusCheckPace = pgTable(
  "status_check_pace",
  {
    id: integer("id").primaryKey().default(1),
    /** Whole seconds since 1970. */
    second: bigint("second", { mode: "number" }).notNull(),
    taken: integer("taken").notNull(),
  },
  (table) => [check("status_check_pace_one_row", sql`${table.id} = 1`)],
);

// The merchant's staff and their sessions; the shape is the sign-in library's.

/** People who may open the dashboard. */
export const users = pgTable("users", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  email: text("email").notNull().unique(),
  emailVerified: boolean("email_verified").notNull().default(false),
  image: text("image"),
  createdAt: moment("created_at").notNull().defaultNow(),
  updatedAt: moment("updated_at").notNull().defaultNow(),
});

/** Who is signed in, until when. */
export const sessions = pgTable(
  "sessions",
  {
    id: text("id").primaryKey(),
    token: text("token").notNull().unique(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    expiresAt: moment("expires_at").notNull(),
    ipAddress: text("ip_address"),
    userAgent: text("user_agent"),
    createdAt: moment("created_at").notNull().defaultNow(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [index("sessions_of_user").on(table.userId)],
);

/** How a person signs in; passwords are kept as slow hashes. */
export const accounts = pgTable(
  "accounts",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id").notNull(),
    providerId: text("provider_id").notNull(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    accessToken: text("access_token"),
    refreshToken: text("refresh_token"),
    idToken: text("id_token"),
    accessTokenExpiresAt: moment("access_token_expires_at"),
    refreshTokenExpiresAt: moment("refresh_token_expires_at"),
    scope: text("scope"),
    password: text("password"),
    createdAt: moment("created_at").notNull().defaultNow(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [index("accounts_of_user").on(table.userId)],
);

/** Short-lived proofs of the sign-in library. */
export const verifications = pgTable("verifications", {
  id: text("id").primaryKey(),
  identifier: text("identifier").notNull(),
  value: text("value").notNull(),
  expiresAt: moment("expires_at").notNull(),
  createdAt: moment("created_at").notNull().defaultNow(),
  updatedAt: moment("updated_at").notNull().defaultNow(),
});

/**
 * How often something happened since `last_request`, in milliseconds, and what it was: limits that all processes share.
 */
export const rateLimits = pgTable("rate_limits", {
  id: text("id").primaryKey(),
  key: text("key").notNull().unique(),
  count: integer("count").notNull(),
  lastRequest: bigint("last_request", { mode: "number" }).notNull(),
  events: text("events").array().notNull().default([]),
});
