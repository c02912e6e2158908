import { connectDatabase } from "../db/client";
import { migrateDatabase } from "../db/migrate";

/**
 * Making the embedded database for the first time takes twice the memory of opening it. A process of its own does it
 * and is gone before the server begins.
 */
const [embeddedDirectory] = process.argv.slice(2);
if (!embeddedDirectory) throw new Error("which folder?");

try {
  const database = await connectDatabase({ embeddedDirectory });
  await migrateDatabase(database);
  await database.close();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
