import { sql } from "drizzle-orm";
import type { Db } from "../database";
import { rows } from "../rows";
import { searchFill } from "../schema";

/**
 * Writes the search terms of the newest orders that are from before the triggers. Any number of processes may do it:
 * they take turns. @returns whether older orders are left
 */
export async function fillSearchTerms(db: Db, { atMost }: { atMost: number }): Promise<boolean> {
  const [fill] = await rows<{ areLeft: boolean }>(
    db,
    sql`select fill_search_terms(${atMost}::int) as "areLeft"`,
  );
  return fill?.areLeft === true;
}

/** Whether a search may miss older orders, because their terms are still to be written. */
export const isSearchIncomplete = async (db: Db): Promise<boolean> => (await db.$count(searchFill)) > 0;
