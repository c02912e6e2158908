import { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { inject } from "vitest";
import { type Database, connectDatabase } from "@/db/client";
import type { Db } from "@/db/database";
import { embeddedDatabase } from "@/db/embedded";
import { migrateDatabase } from "@/db/migrate";
import { rows } from "@/db/rows";
import { hashMigrations } from "../harness/migrations-hash";
import { inDatabase, toDatabaseUrl } from "./cluster";

/** Every database test runs twice; one that needs several sessions says `describe.runIf(onPostgres)`. */
export const onPostgres = process.env.TEST_DATABASE === "postgres";

export type TestDatabase = {
  database: Database;
  db: Db;
  /**
   * With rights that the app does not have, such as changing history; on the embedded database the same as `database`.
   */
  owner: Database;
  /** For more pools or processes on the same tables; only on PostgreSQL. */
  url: string | undefined;
  /** Empties every table. */
  empty(): Promise<void>;
  close(): Promise<void>;
};

/** A migrated, empty database for one test file. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const { database, owner, url, drop } = onPostgres ? await copyTemplate() : await openInMemory();
  return {
    database,
    db: database.db,
    owner,
    url,
    empty: () => empty(owner.db),
    close: drop,
  };
}

type OpenDatabase = {
  database: Database;
  owner: Database;
  url: string | undefined;
  drop: () => Promise<void>;
};

async function copyTemplate(): Promise<OpenDatabase> {
  const server = inject("postgresUrl");
  const name = `kode_bayar_test_${randomBytes(6).toString("hex")}`;
  await inDatabase(server, (client) =>
    client.unsafe(`create database ${name} template ${inject("postgresTemplate")}`),
  );
  const url = toDatabaseUrl(inject("postgresAppUrl"), name);
  // Tests wait long, because the machine may be busy; the time-out itself is tested in db/semaphore.test.ts.
  const usual = { embeddedDirectory: "unused", acquireTimeoutMs: 60_000 };
  const database = await connectDatabase({ ...usual, databaseUrl: url });
  const owner = await connectDatabase({ ...usual, databaseUrl: toDatabaseUrl(server, name), poolSize: 2 });
  const drop = async () => {
    await database.close();
    await owner.close();
    await inDatabase(server, (client) => client.unsafe(`drop database ${name} with (force)`));
  };
  return { database, owner, url, drop };
}

/** For all files of one worker, because it takes seconds to open. A file leaves it empty, or closed. */
let shared: PGlite | undefined;

async function openInMemory(): Promise<OpenDatabase> {
  if (!shared || shared.closed) shared = await loadSnapshot();
  const client = shared;
  const database = embeddedDatabase(client, doNothing);
  const drop = async () => {
    if (!client.closed) await empty(database.db);
  };
  return { database, owner: database, url: undefined, drop };
}

/** A migrated database, in a quarter of the time that migrations take. */
async function loadSnapshot(): Promise<PGlite> {
  const snapshot = getSnapshotFile();
  if (!existsSync(snapshot)) await writeSnapshot(snapshot);
  return PGlite.create({ loadDataDir: new Blob([readFileSync(snapshot)]) });
}

const doNothing = () => Promise.resolve();

const getSnapshotFile = (): string => `node_modules/.cache/kode-bayar/${hashMigrations()}.tar`;

/** Two workers may do this at the same moment; each moves a whole file into place. */
async function writeSnapshot(file: string): Promise<void> {
  const client = await PGlite.create();
  const database = embeddedDatabase(client, doNothing);
  await migrateDatabase(database);
  const snapshot = await client.dumpDataDir("none");
  await database.close();
  const own = `${file}.${process.pid}`;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(own, new Uint8Array(await snapshot.arrayBuffer()));
  renameSync(own, file);
}

/**
 * TRUNCATE would make new files for every table and index: 40 ms before each test, and 7 ms this way. The lock waits for
 * work of the previous test that still writes.
 */
async function empty(db: Db): Promise<void> {
  const tables = await rows<{ name: string }>(
    db,
    sql`select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
  );
  const names = tables.map(({ name }) => name);
  await db.transaction(async (tx) => {
    // Longer on a busy machine.
    await tx.execute(sql`set local lock_timeout = '60s'`);
    await tx.execute(sql`set local statement_timeout = 0`);
    // Neither foreign keys nor triggers, such as those that keep history.
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(sql.raw(`lock table ${names.join(", ")} in share row exclusive mode`));
    await tx.execute(sql.raw(`do $$ begin ${names.map((name) => `delete from ${name};`).join(" ")} end $$`));
  });
}
