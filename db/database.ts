import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import type * as schema from "./schema";

/** Either database, PostgreSQL through postgres.js or the embedded one, under one type. */
export type Db = PgDatabase<PgQueryResultHKT, typeof schema>;
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];

/** An open database. The caller that opened it must close it; an open embedded one keeps Node alive. */
export type Database = {
  db: Db;
  kind: "embedded" | "postgres";
  /**
   * Listens on a NOTIFY channel until the returned function is called. Messages sent while the connection is down are
   * lost: after `onReconnect` the listener must load its data again.
   */
  listen(
    channel: string,
    onMessage: (payload: string) => void,
    onReconnect: () => void,
  ): Promise<() => Promise<void>>;
  /** At most 7,999 bytes of payload. */
  notify(channel: string, payload: string): Promise<void>;
  ping(): Promise<void>;
  /** Use `migrateDatabase`. */
  applyMigrations(folder: string): Promise<void>;
  close(): Promise<void>;
};
