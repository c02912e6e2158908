import { sql } from "drizzle-orm";
import { bigserial, check, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import type { Actor } from "../../lib/payment/attribution";
import type { OrderId } from "../../lib/payment/order-id";
import { moment } from "./columns";
import { orders } from "./orders";

/**
 * What was written and is still to be made an event. Triggers add a row in the transaction of the change itself, whichever
 * statement and release wrote it (docs/decisions/034-webhooks.md).
 */
export const outbox = pgTable(
  "outbox",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    source: text("source").$type<OutboxSource>().notNull(),
    /** Of the row: an order's for `order_paid`, else a UUID. */
    ref: text("ref").notNull(),
  },
  (table) => [
    check(
      "outbox_source",
      sql`${table.source} in ('payment_event', 'order_paid', 'receipt', 'case_opened', 'case_closed')`,
    ),
  ],
);

export type OutboxSource = "payment_event" | "order_paid" | "receipt" | "case_opened" | "case_closed";

/** What the merchant's programs are told, whether an endpoint wants it or not. Rows are only inserted. */
export const apiEvents = pgTable(
  "api_events",
  {
    id: text("id").primaryKey(),
    type: text("type").notNull(),
    orderId: text("order_id")
      .$type<OrderId>()
      .references(() => orders.id),
    /** When it happened. */
    at: moment("at").notNull(),
    createdAt: moment("created_at").notNull(),
    /** The very bytes that are signed and sent. */
    body: text("body").notNull(),
  },
  (table) => [
    index("api_events_newest").on(table.createdAt.desc(), table.id.desc()),
    index("api_events_by_type").on(table.type, table.createdAt.desc(), table.id.desc()),
    index("api_events_of_order").on(table.orderId, table.createdAt.desc()),
  ],
);

export const webhookEndpoints = pgTable(
  "webhook_endpoints",
  {
    id: text("id").primaryKey(),
    url: text("url").notNull(),
    description: text("description"),
    /** Which events it wants; null for all. */
    types: text("types").array(),
    /** `whsec_…`. Kept readable, because every message is signed with it. */
    secret: text("secret").notNull(),
    /** The one before, while programs still know only that. */
    previousSecret: text("previous_secret"),
    previousSecretUntil: moment("previous_secret_until"),
    createdBy: text("created_by").$type<Actor>().notNull(),
    createdAt: moment("created_at").notNull(),
    disabledAt: moment("disabled_at"),
    disabledBecause: text("disabled_because").$type<DisabledBecause>(),
    /** Since when every try has failed; null after one that did not. */
    failingSince: moment("failing_since"),
    deletedAt: moment("deleted_at"),
  },
  (table) => [
    check(
      "webhook_endpoints_disabled",
      sql`(${table.disabledAt} is null) = (${table.disabledBecause} is null)`,
    ),
    check("webhook_endpoints_because", sql`${table.disabledBecause} in ('merchant', 'gone', 'failing')`),
  ],
);

/** `gone`: it answered 410. `failing`: nothing but failures for days. */
export type DisabledBecause = "merchant" | "gone" | "failing";

/** One event for one endpoint, with its state; each try is a row of `webhook_attempts`. */
export const webhookDeliveries = pgTable(
  "webhook_deliveries",
  {
    id: uuid("id").primaryKey(),
    eventId: text("event_id")
      .notNull()
      .references(() => apiEvents.id),
    endpointId: text("endpoint_id")
      .notNull()
      .references(() => webhookEndpoints.id),
    status: text("status").$type<DeliveryStatus>().notNull().default("pending"),
    /** Since it was last asked for. */
    tries: integer("tries").notNull().default(0),
    dueAt: moment("due_at").notNull(),
    /** Until then one process has it; `lease` is its fencing number. */
    leasedUntil: moment("leased_until"),
    lease: integer("lease").notNull().default(0),
    createdAt: moment("created_at").notNull(),
    settledAt: moment("settled_at"),
  },
  (table) => [
    unique("webhook_deliveries_once").on(table.eventId, table.endpointId),
    index("webhook_deliveries_due")
      .on(table.endpointId, table.dueAt)
      .where(sql`${table.status} = 'pending'`),
    index("webhook_deliveries_newest").on(table.endpointId, table.createdAt.desc(), table.id.desc()),
    index("webhook_deliveries_by_status").on(
      table.endpointId,
      table.status,
      table.createdAt.desc(),
      table.id.desc(),
    ),
    check("webhook_deliveries_status", sql`${table.status} in ('pending', 'delivered', 'failed')`),
  ],
);

export type DeliveryStatus = "pending" | "delivered" | "failed";

/** One try. Rows are only inserted. */
export const webhookAttempts = pgTable(
  "webhook_attempts",
  {
    id: uuid("id").primaryKey(),
    deliveryId: uuid("delivery_id")
      .notNull()
      .references(() => webhookDeliveries.id),
    at: moment("at").notNull(),
    durationMs: integer("duration_ms").notNull(),
    /** Exactly one of the two. */
    httpStatus: integer("http_status"),
    failure: text("failure"),
    /** The beginning of the answer. */
    answer: text("answer").notNull(),
  },
  (table) => [
    index("webhook_attempts_of_delivery").on(table.deliveryId, table.at),
    check("webhook_attempts_result", sql`num_nonnulls(${table.httpStatus}, ${table.failure}) = 1`),
  ],
);
