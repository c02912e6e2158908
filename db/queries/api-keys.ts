import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "../database";
import { countStatement, toWindowCount } from "../rate-limits";
import type { CountInput, CountedRow, WindowCount } from "../rate-limits";
import { rows } from "../rows";
import { apiKeys } from "../schema";

export type ApiKeyRow = typeof apiKeys.$inferSelect;

export async function insertApiKey(db: Db, key: typeof apiKeys.$inferInsert): Promise<void> {
  await db.insert(apiKeys).values(key);
}

/** All keys, revoked ones too, the newest first. A merchant has few. */
export const listApiKeys = (db: Db): Promise<ApiKeyRow[]> =>
  db.select().from(apiKeys).orderBy(desc(apiKeys.createdAt), desc(apiKeys.id)).limit(200);

export async function findApiKey(db: Db, hash: string): Promise<ApiKeyRow | undefined> {
  const [key] = await db.select().from(apiKeys).where(eq(apiKeys.hash, hash));
  return key;
}

/** A key that is neither revoked nor over. */
export type UsableKey = Pick<ApiKeyRow, "id" | "scopes" | "lastUsedAt">;

export async function findUsableKey(db: Db, hash: string, now: Date): Promise<UsableKey | undefined> {
  const [key] = await rows<UsableKeyRow>(db, usableKey(hash, now));
  return key && toUsableKey(key);
}

/**
 * Finds a key and counts a call of it: one statement, for every call of the API waits for it. Only a usable key has
 * its calls counted.
 */
export async function findUsableKeyAndCount(
  db: Db,
  { hash, now }: { hash: string; now: Date },
  counting: CountInput,
): Promise<{ key: UsableKey; counted: WindowCount } | undefined> {
  const [found] = await rows<UsableKeyRow & CountedRow>(
    db,
    sql`with usable_key as (${usableKey(hash, now)}), counted as (${countStatement(counting, sql`from usable_key`)})
      select * from usable_key, counted`,
  );
  return found && { key: toUsableKey(found), counted: toWindowCount(found) };
}

type UsableKeyRow = { key_id: string; scopes: string; last_used_ms: number | null };

const usableKey = (hash: string, now: Date) => sql`
  select id as key_id, array_to_string(scopes, ' ') as scopes, extract(epoch from last_used_at)::float8 * 1000 as last_used_ms
  from api_keys where hash = ${hash} and revoked_at is null
    and (expires_at is null or expires_at > ${now.toISOString()}::timestamptz)`;

const toUsableKey = ({ key_id: id, scopes, last_used_ms: lastUsed }: UsableKeyRow): UsableKey => ({
  id,
  scopes: scopes.split(" "),
  lastUsedAt: lastUsed === null ? null : new Date(lastUsed),
});

/** Revokes a key at once. @returns false when there is none, or it is revoked already */
export async function revokeApiKey(db: Db, id: string, now: Date): Promise<boolean> {
  const revoked = await db
    .update(apiKeys)
    .set({ revokedAt: now })
    .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
    .returning({ id: apiKeys.id });
  return revoked.length > 0;
}

export async function touchApiKey(db: Db, id: string, now: Date): Promise<void> {
  await db.update(apiKeys).set({ lastUsedAt: now }).where(eq(apiKeys.id, id));
}
