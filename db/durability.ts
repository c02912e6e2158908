import { sql } from "drizzle-orm";
import type { Db, Tx } from "./database";
import { rows } from "./rows";

/**
 * Settings under which the database could lose acknowledged writes, as sentences for the operator; empty when it is
 * safe.
 */
export async function findDurabilityFaults(db: Db | Tx): Promise<string[]> {
  const [found] = await rows<{ fsync: string; commit: string }>(
    db,
    sql`select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`,
  );
  const faults: string[] = [];
  if (found?.fsync !== "on") faults.push("fsync is off: a power cut loses payments that were acknowledged");
  if (found?.commit === "off")
    faults.push("synchronous_commit is off: a crash loses payments that were acknowledged");
  return faults;
}
