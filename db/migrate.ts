import { fromWorkingDirectory } from "./client";
import type { Database } from "./database";

/** Brings the tables up to date. Any number of processes may do it at the same moment. */
export async function migrateDatabase(database: Database): Promise<void> {
  await database.applyMigrations(fromWorkingDirectory("db/migrations"));
}
