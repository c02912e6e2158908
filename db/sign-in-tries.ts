import { inArray, like, sql } from "drizzle-orm";
import type { Db } from "./database";
import { rows } from "./rows";
import { rateLimits } from "./schema";

/** Begins every key of a sign-in, also those of older releases. */
export const signInKeys = "sign-in:";

/** The wrong tries of one key, and when the last of them was (milliseconds since 1970). */
export type Tries = { count: number; lastMs: number };

/** The stored tries; a key without any is left out. */
export async function findTries(db: Db, keys: readonly string[]): Promise<Map<string, Tries>> {
  const found = await db
    .select({ key: rateLimits.key, count: rateLimits.count, lastMs: rateLimits.lastRequest })
    .from(rateLimits)
    .where(inArray(rateLimits.key, [...keys]));
  return new Map(found.map(({ key, count, lastMs }) => [key, { count, lastMs }]));
}

export type TriesChange = {
  /** A fresh UUID for a new row. */
  id: string;
  key: string;
  /** What the decision was made from; undefined when there was no row. */
  seen: Tries | undefined;
  next: Tries;
};

/** @returns false when another try was counted meanwhile: the caller must decide again */
export async function saveTries(db: Db, { id, key, seen, next }: TriesChange): Promise<boolean> {
  const isUnchanged = sql`rate_limits.count = ${seen?.count ?? -1}::int
    and rate_limits.last_request = ${seen?.lastMs ?? -1}::bigint`;
  const saved = await rows(
    db,
    sql`insert into rate_limits (id, key, count, last_request)
      values (${id}, ${key}, ${next.count}::int, ${next.lastMs}::bigint)
      on conflict (key) do update set count = excluded.count, last_request = excluded.last_request
        where ${isUnchanged}
      returning key`,
  );
  return saved.length > 0;
}

/** Takes the count of one try back. */
export async function giveTriesBack(db: Db, keys: readonly string[]): Promise<void> {
  await db
    .update(rateLimits)
    .set({ count: sql`greatest(${rateLimits.count} - 1, 0)` })
    .where(inArray(rateLimits.key, [...keys]));
}

export async function forgetTries(db: Db, keys: readonly string[]): Promise<void> {
  await db.delete(rateLimits).where(inArray(rateLimits.key, [...keys]));
}

/** Lifts every wait before a sign-in, of all accounts, networks and devices. */
export async function forgetAllTries(db: Db): Promise<void> {
  await db.delete(rateLimits).where(like(rateLimits.key, `${signInKeys}%`));
}
