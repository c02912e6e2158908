import { randomBytes, randomUUID } from "node:crypto";
import postgres from "postgres";
import { hashKey, newKey, toKeyHint } from "../lib/api/key";
import { scopes } from "../lib/api/scopes";

/** A benchmark is one program that calls more often than any shop. */
export const noApiLimit = { API_CALLS_PER_MINUTE: "1000000" };

/** Inserts a key that may do everything. @returns the headers of a call with it */
export async function addApiKey(databaseUrl: string): Promise<Record<string, string>> {
  const key = newKey("test", randomBytes);
  const sql = postgres(databaseUrl, { max: 1 });
  await sql`insert into api_keys (id, name, hash, hint, scopes, created_by, created_at)
    values (${randomUUID()}, 'Bench', ${hashKey(key)}, ${toKeyHint(key)}, ${[...scopes]}, 'bench', now())`;
  await sql.end();
  return { authorization: `Bearer ${key}`, "content-type": "application/json" };
}
