import { PGlite } from "@electric-sql/pglite";
import { connectDatabase } from "@/db/client";
import { embeddedDatabase } from "@/db/embedded";
import { migrateDatabase } from "@/db/migrate";
import { seedProducts } from "@/db/queries/products";
import { startCluster } from "@/test/harness/postgres";
import type { Db } from "@/db/database";

/** What the two programs use, and the database without simulated faults. */
export type Databases = { app: Db; worker: Db; direct: Db };

export type OpenDatabases = { databases: Databases; close: () => Promise<void> };

/** The embedded database in memory. Both programs share it, because it serves one process only. */
export async function openInMemory(): Promise<OpenDatabases> {
  const database = embeddedDatabase(await PGlite.create(), () => Promise.resolve());
  await migrateDatabase(database);
  await seedProducts(database.db);
  const { db } = database;
  return { databases: { app: db, worker: db, direct: db }, close: () => database.close() };
}

/** PostgreSQL, with a pool for each program. @param url of an empty database; without it a server is started */
export async function openPostgres(url: string | undefined): Promise<OpenDatabases> {
  const cluster = url === undefined ? await startCluster({ durable: false }) : undefined;
  const databaseUrl = url ?? cluster?.url;
  const connect = () => connectDatabase({ databaseUrl, embeddedDirectory: "unused", poolSize: 6 });
  const [app, worker, direct] = await Promise.all([connect(), connect(), connect()]);
  await migrateDatabase(direct);
  await seedProducts(direct.db);
  return {
    databases: { app: app.db, worker: worker.db, direct: direct.db },
    close: async () => {
      await Promise.all([app, worker, direct].map((database) => database.close()));
      await cluster?.stop();
    },
  };
}
