import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { moment } from "./columns";

/** Where a message without a valid signature came in. */
export const unsignedTargets = ["notifications", "inquiries"] as const;
export type UnsignedTarget = (typeof unsignedTargets)[number];

/**
 * Messages without a valid signature: anybody can send them, so they are counted by the hour, kind and sender, with the
 * first of each as a sample. The number of rows in an hour is limited (db/queries/unsigned.ts).
 */
export const unsignedMessages = pgTable(
  "unsigned_messages",
  {
    /** Its beginning. */
    hour: moment("hour").notNull(),
    target: text("target").$type<UnsignedTarget>().notNull(),
    /** Why it was rejected; a key for the text on the merchant's page. */
    reason: text("reason").notNull(),
    /** `203.0.113.0/24`, `2001:db8::/64`, or `others` beyond the limit. */
    network: text("network").notNull(),
    count: integer("count").notNull(),
    firstAt: moment("first_at").notNull(),
    lastAt: moment("last_at").notNull(),
    /** Of the first message, as its sender wrote them: nothing in them is proven. */
    headers: jsonb("headers").$type<Record<string, string>>().notNull(),
    bodyDigest: text("body_digest").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.hour, table.target, table.reason, table.network] }),
    index("unsigned_messages_newest").on(table.lastAt.desc()),
    check("unsigned_messages_target", sql`${table.target} in ('notifications', 'inquiries')`),
    check("unsigned_messages_count", sql`${table.count} > 0`),
  ],
);
