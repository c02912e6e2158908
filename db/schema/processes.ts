import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns";

/** Processes that work on this database, so that two builds at once can be told. */
export const processes = pgTable("processes", {
  id: uuid("id").primaryKey(),
  /** What it was built from; the same sources give the same. */
  build: text("build").notNull(),
  startedAt: moment("started_at").notNull(),
  seenAt: moment("seen_at").notNull(),
});
