import { sql } from "drizzle-orm";
import { afterEach } from "vitest";
import { rows } from "@/db/rows";
import { database } from "@/test/setup-context";
import { until } from "./wait";

const lock = sql`select pg_advisory_xact_lock(4711)`;

/** Removes after each test what the functions below added. */
export function clearAtCommit(): void {
  afterEach(allowCommit);
}

/** Runs this PL/pgSQL at the commit of every transaction that inserts into the table. */
const addAtCommit = (table: string, body: string): Promise<void> =>
  database.owner.db.transaction(async (tx) => {
    await tx.execute(
      sql.raw(
        `create or replace function at_commit() returns trigger language plpgsql as $$ begin ${body}; return null; end $$`,
      ),
    );
    await tx.execute(
      sql.raw(
        `create constraint trigger at_commit after insert on ${table} deferrable initially deferred for each row execute function at_commit()`,
      ),
    );
  });

export async function allowCommit(): Promise<void> {
  await database.owner.db.execute(sql`drop function if exists at_commit cascade`);
}

/** Makes every commit fail that inserts into the table, as on a full disk. */
export const failAtCommit = (table: string): Promise<void> =>
  addAtCommit(table, "raise exception 'no space left' using errcode = '53100'");

/** Holds back every commit that inserts into the table. PostgreSQL only: it needs two connections. */
export async function holdCommit(
  table: string,
): Promise<{ waitUntilHeld: () => Promise<void>; release: () => Promise<void> }> {
  await addAtCommit(table, "perform pg_advisory_xact_lock(4711)");
  let free = () => {};
  const held = new Promise<void>((resolve) => (free = resolve));
  let take = () => {};
  const taken = new Promise<void>((resolve) => (take = resolve));
  const holder = database.owner.db.transaction(async (tx) => {
    await tx.execute(lock);
    take();
    await held;
  });
  await Promise.race([taken, holder]);
  return {
    waitUntilHeld: () =>
      until(async () => {
        const waiting = sql`select 1 as n from pg_locks where locktype = 'advisory' and not granted`;
        return (await rows(database.owner.db, waiting)).length > 0;
      }),
    release: () => {
      free();
      return holder;
    },
  };
}
