import { connectDatabase } from "../db/client";
import { migrateDatabase } from "../db/migrate";

// Creates the embedded database in its own process, because that takes twice the memory of opening it.
const [embeddedDirectory] = process.argv.slice(2);
if (!embeddedDirectory) throw new Error("Name the folder of the database.");

// As PostgreSQL does it: its files are for this user alone.
process.umask(0o077);
try {
  const database = await connectDatabase({ embeddedDirectory });
  await migrateDatabase(database);
  await database.close();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
