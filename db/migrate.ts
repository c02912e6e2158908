import { type Database, fromWorkingDirectory } from "./client";

/** Brings the tables up to date. Any number of processes may do it at the same moment. */
export async function migrateDatabase(database: Database): Promise<void> {
  await database.applyMigrations(fromWorkingDirectory("db/migrations"));
}
