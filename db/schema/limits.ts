import { sql } from "drizzle-orm";
import { bigint, check, integer, pgTable, text } from "drizzle-orm/pg-core";

/** How many status checks all processes made in one second: a single row in which each of them counts. */
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

/**
 * Counts of limits that all processes share: how many events happened in the window that began at `last_request`
 * (milliseconds since 1970), and which. The table is unlogged: a crash of PostgreSQL empties it.
 */
export const rateLimits = pgTable("rate_limits", {
  id: text("id").primaryKey(),
  key: text("key").notNull().unique(),
  count: integer("count").notNull(),
  lastRequest: bigint("last_request", { mode: "number" }).notNull(),
  events: text("events").array().notNull().default([]),
});
