import { PGlite } from "@electric-sql/pglite";
import { connectDatabase } from "@/db/client";
import { embeddedDatabase } from "@/db/embedded";
import { migrateDatabase } from "@/db/migrate";
import { seedProducts } from "@/db/queries/products";
import { startCluster } from "@/scripts/postgres.mjs";
import type { Databases } from "./schedule";

export type Opened = { databases: Databases; close: () => Promise<void> };

/** The embedded database in memory: one for both programs, as it has room for one process. */
export async function openInMemory(): Promise<Opened> {
  const database = embeddedDatabase(await PGlite.create(), () => Promise.resolve());
  await migrateDatabase(database);
  await seedProducts(database.db);
  const { db } = database;
  return { databases: { app: db, worker: db, below: db }, close: () => database.close() };
}

/** PostgreSQL, with a pool for each program. @param url of an empty database; without it a server is started */
export async function openPostgres(url: string | undefined): Promise<Opened> {
  const cluster = url === undefined ? await startCluster() : undefined;
  const databaseUrl = url ?? cluster?.url;
  const connect = () => connectDatabase({ databaseUrl, embeddedDirectory: "unused", poolSize: 6 });
  const [app, worker, below] = await Promise.all([connect(), connect(), connect()]);
  await migrateDatabase(below);
  await seedProducts(below.db);
  return {
    databases: { app: app.db, worker: worker.db, below: below.db },
    close: async () => {
      await Promise.all([app, worker, below].map((database) => database.close()));
      await cluster?.stop();
    },
  };
}
