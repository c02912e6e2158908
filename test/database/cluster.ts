import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { type Cluster, addAppRole, startCluster } from "../harness/postgres";
import { connectDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";

declare module "vitest" {
  export interface ProvidedContext {
    /** Databases may be created there; `postgresTemplate` is a migrated one to copy. */
    postgresUrl: string;
    postgresTemplate: string;
    /** For the role of a running app, which can insert history and not change it. */
    postgresAppUrl: string;
    /** Whether the server was started for these tests, so that its settings may be changed. */
    postgresIsOurs: boolean;
  }
}

/** Vitest runs this once before the tests on PostgreSQL: starts a temporary server with one migrated database. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await findServer();
  const template = `kode_bayar_template_${process.pid}`;
  const appUrl = await addAppRole(cluster.url);
  await inDatabase(cluster.url, (sql) => sql.unsafe(`create database ${template}`));
  const database = await connectDatabase({
    databaseUrl: toDatabaseUrl(appUrl, template),
    databaseOwnerUrl: toDatabaseUrl(cluster.url, template),
    embeddedDirectory: "unused",
  });
  await migrateDatabase(database);
  await database.close();
  project.provide("postgresAppUrl", appUrl);
  project.provide("postgresUrl", cluster.url);
  project.provide("postgresIsOurs", !process.env.TEST_DATABASE_URL);
  project.provide("postgresTemplate", template);
  return async () => {
    await inDatabase(cluster.url, (sql) => sql.unsafe(`drop database ${template}`));
    await inDatabase(cluster.url, (sql) => sql.unsafe(`drop role ${new URL(appUrl).username}`));
    await cluster.stop();
  };
}

async function findServer(): Promise<Pick<Cluster, "url" | "stop">> {
  const url = process.env.TEST_DATABASE_URL;
  return url ? { url, stop: () => Promise.resolve() } : startCluster({ durable: false });
}

export async function inDatabase(url: string, work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}

/** The address of another database on the same server. */
export function toDatabaseUrl(serverUrl: string, database: string): string {
  return Object.assign(new URL(serverUrl), { pathname: `/${database}` }).href;
}
