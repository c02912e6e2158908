import "server-only";
import path from "node:path";
import type { Db } from "./database";
import { openEmbedded } from "./embedded";
import { connectPostgres } from "./postgres";

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

export type ConnectOptions = {
  /** Of PostgreSQL, 15 or newer. Without it the embedded database is opened. */
  databaseUrl?: string | undefined;
  /** For the owner of the tables, when the user of `databaseUrl` must not change tables or history. */
  databaseOwnerUrl?: string | undefined;
  /** Folder of the embedded database; relative to the working directory. */
  embeddedDirectory: string;
  poolSize?: number | undefined;
  /** Must be off behind a transaction pooler. */
  preparedStatements?: boolean | undefined;
  /** How long a statement waits for a connection at most; two seconds when left out. */
  acquireTimeoutMs?: number | undefined;
};

/**
 * Opens the database. Do not call it while a module loads: build workers load modules too, and only one process can open the
 * embedded database.
 * @throws with one sentence for the operator
 */
export async function connectDatabase(options: ConnectOptions): Promise<Database> {
  const { databaseUrl, databaseOwnerUrl, embeddedDirectory, ...pool } = options;
  if (databaseUrl) return connectPostgres({ url: databaseUrl, ownerUrl: databaseOwnerUrl, ...pool });
  return openEmbedded(fromWorkingDirectory(embeddedDirectory));
}

/** The comment keeps Turbopack from tracing the data folder as a part of the program. */
export function fromWorkingDirectory(folder: string): string {
  if (path.isAbsolute(folder)) return folder;
  return path.join(/* turbopackIgnore: true */ process.cwd(), folder);
}
