import { sql } from "drizzle-orm";
import {
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { OrderId } from "../../lib/payment/order-id";
import { moment } from "./columns";
import { orders } from "./orders";

/** What the merchant's own programs sign in with. The key itself is shown once and never stored. */
export const apiKeys = pgTable("api_keys", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  /** SHA-256 of the key, in hex. A key has 256 random bits, so that no slow hash is needed. */
  hash: text("hash").notNull().unique(),
  /** Its first and last characters, by which people recognise it. */
  hint: text("hint").notNull(),
  scopes: text("scopes").array().notNull(),
  createdBy: text("created_by").notNull(),
  createdAt: moment("created_at").notNull(),
  /** Accurate to a minute. */
  lastUsedAt: moment("last_used_at"),
  expiresAt: moment("expires_at"),
  revokedAt: moment("revoked_at"),
});

const isOpen = (table: Record<"expiredAt" | "cancelledAt" | "paidAt", AnyPgColumn>) =>
  sql`${table.expiredAt} is null and ${table.cancelledAt} is null and ${table.paidAt} is null`;

/**
 * What a merchant's program asked for besides the order itself. An order of the demo shop or of the dashboard has no
 * such row, and everything in it is then as if it had not been given.
 */
export const checkoutSessions = pgTable(
  "checkout_sessions",
  {
    orderId: text("order_id")
      .$type<OrderId>()
      .primaryKey()
      .references(() => orders.id),
    /** The shop's own number of its order; belongs to one open session at a time. */
    reference: text("reference"),
    description: text("description"),
    /** Which channels may be offered; null for all. */
    channels: text("channels").array(),
    locale: text("locale").$type<"id" | "en">(),
    /** From then on no payment is started. A code that is out can still be paid. */
    expiresAt: moment("expires_at").notNull(),
    successUrl: text("success_url"),
    cancelUrl: text("cancel_url"),
    metadata: jsonb("metadata").$type<Record<string, string>>().notNull().default({}),
    /** When its time had passed without a payment, or when the shop ended it; at most one of the two. */
    expiredAt: moment("expired_at"),
    cancelledAt: moment("cancelled_at"),
    /** The order's, kept by a trigger: an index finds what is still open among a million that are paid. */
    paidAt: moment("paid_at"),
    /** When a payment of its order was given back, kept by a trigger for the same reason. */
    refundedAt: moment("refunded_at"),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [
    index("checkout_sessions_newest").on(table.createdAt.desc(), table.orderId.desc()),
    index("checkout_sessions_reference").on(table.reference, table.createdAt.desc()),
    // What makes a reference belong to one open session, also when two ask for it at the same moment.
    uniqueIndex("checkout_sessions_one_open").on(table.reference).where(isOpen(table)),
    index("checkout_sessions_due").on(table.expiresAt).where(isOpen(table)),
    index("checkout_sessions_open").on(table.createdAt.desc(), table.orderId.desc()).where(isOpen(table)),
    index("checkout_sessions_expired")
      .on(table.createdAt.desc(), table.orderId.desc())
      .where(sql`${table.expiredAt} is not null`),
    index("checkout_sessions_cancelled")
      .on(table.createdAt.desc(), table.orderId.desc())
      .where(sql`${table.cancelledAt} is not null`),
    index("checkout_sessions_refunded")
      .on(table.createdAt.desc(), table.orderId.desc())
      .where(sql`${table.refundedAt} is not null`),
    check("checkout_sessions_one_end", sql`num_nonnulls(${table.expiredAt}, ${table.cancelledAt}) < 2`),
    check("checkout_sessions_locale", sql`${table.locale} in ('id', 'en')`),
  ],
);

/** The first answer to a request with an `Idempotency-Key`, which its repetitions get again. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    apiKeyId: text("api_key_id")
      .notNull()
      .references(() => apiKeys.id),
    key: text("key").notNull(),
    /** SHA-256 of method, path and body, in hex. */
    requestHash: text("request_hash").notNull(),
    /** Which run of the request may write the answer: a run that was cut off is taken over by another. */
    runId: uuid("run_id").notNull(),
    runningUntil: moment("running_until").notNull(),
    /** Null while it runs. */
    httpStatus: integer("http_status"),
    body: text("body"),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.apiKeyId, table.key] }),
    index("idempotency_keys_age").on(table.createdAt),
    check("idempotency_keys_answer", sql`num_nonnulls(${table.httpStatus}, ${table.body}) in (0, 2)`),
  ],
);
