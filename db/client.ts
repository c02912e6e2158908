import "server-only";
import path from "node:path";
import type { Db } from "./database";
import { openEmbedded } from "./embedded";
import { connectPostgres } from "./postgres";

/** An open database. Whoever opened it closes it; an unclosed embedded one keeps Node alive. */
export type Database = {
  db: Db;
  kind: "embedded" | "postgres";
  /**
   * Hears what is notified on a channel until the returned function is called. What is sent while the connection is
   * down is lost by design: `onReconnect` says that it may be so, and the listener then reads again.
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
  /** The owner of its tables, when the user of `databaseUrl` is not to be able to change them or history. */
  databaseOwnerUrl?: string | undefined;
  /** Where the embedded database lives; from the working directory when it is not absolute. */
  embeddedDirectory: string;
  poolSize?: number | undefined;
  /** Off behind a pooler that lends a connection for one transaction only. */
  preparedStatements?: boolean | undefined;
  /** How long a statement waits for a connection at most; two seconds when left out. */
  acquireTimeoutMs?: number | undefined;
};

/**
 * Opens the database, or says in one sentence why it cannot. Call it lazily, never while a module loads: the workers of
 * a build load modules too, and the embedded database has room for one process.
 */
export async function connectDatabase(options: ConnectOptions): Promise<Database> {
  const { databaseUrl, databaseOwnerUrl, embeddedDirectory, ...pool } = options;
  if (databaseUrl) return connectPostgres({ url: databaseUrl, ownerUrl: databaseOwnerUrl, ...pool });
  return openEmbedded(fromWorkingDirectory(embeddedDirectory));
}

/** The remark keeps Next from copying the data folder, which it would take for a part of the program. */
export function fromWorkingDirectory(folder: string): string {
  if (path.isAbsolute(folder)) return folder;
  return path.join(/* turbopackIgnore: true */ process.cwd(), folder);
}
