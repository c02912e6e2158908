import { sql } from "drizzle-orm";
import { connectDatabase } from "@/db/client";
import { rows } from "@/db/rows";
import { report, toRefusal } from "./report";

/** A second process for tests of the embedded database: it does one thing with a folder and reports it in lines. */
const [action = "", folder = ""] = process.argv.slice(2);

/** Reports each number after its commit. */
async function writeRows(): Promise<void> {
  const { db } = await connectDatabase({ embeddedDirectory: folder });
  await db.execute(sql`create table if not exists written (number int primary key)`);
  const [last] = await rows<{ number: number }>(
    db,
    sql`select coalesce(max(number), 0)::int as number from written`,
  );
  for (let number = (last?.number ?? 0) + 1; ; number++) {
    await db.transaction((tx) => tx.execute(sql`insert into written values (${number})`));
    report(String(number));
  }
}

async function openDatabase(): Promise<void> {
  await connectDatabase({ embeddedDirectory: folder }).then(
    () => report("opened"),
    (error: unknown) => report(toRefusal(error)),
  );
  process.exit();
}

const actions: Record<string, () => Promise<void>> = {
  write: writeRows,
  open: openDatabase,
};
await actions[action]?.();
