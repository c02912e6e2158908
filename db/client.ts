import "server-only";
import path from "node:path";
import type { Database } from "./database";
import { openEmbedded } from "./embedded";
import { connectPostgres } from "./postgres";

export type { Database } from "./database";

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
 * Opens the database. Do not call it while a module loads: build workers load modules too, and only one process can
 * open the embedded database.
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
