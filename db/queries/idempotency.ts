import { and, eq, isNull, sql } from "drizzle-orm";
import type { Db, Tx } from "../database";
import { rows } from "../rows";
import { idempotencyKeys } from "../schema";

export type IdempotentRequest = { apiKeyId: string; key: string; requestHash: string };
/** An answer that is saved together with what its request made, for the repetitions. */
export type AnswerToKeep = IdempotentRequest & { runId: string; at: Date; httpStatus: number; body: string };
export type Run = { runId: string; now: Date; until: Date };

export type BeginRun =
  /** This run answers; `runId` is needed to save the answer. */
  | { outcome: "begun" }
  | { outcome: "answered"; httpStatus: number; body: string }
  | { outcome: "running" }
  | { outcome: "other_request" };

/**
 * In the `from` of a statement: its commit does not wait for the disk. A crash of PostgreSQL may forget what was written in
 * the last half second, and that is a run that was cut off: what it did is found again. What it did waits for the disk.
 */
const withoutDisk = sql`(select set_config('synchronous_commit', 'off', true)) as without_disk`;

/**
 * Takes the key for one run, or says what became of it. A run that was cut off, by a crash, is taken over once its time
 * is up: what it did is found again by what it asked for.
 */
export async function beginRun(
  db: Db | Tx,
  request: IdempotentRequest,
  { runId, now, until }: Run,
): Promise<BeginRun> {
  const { apiKeyId, key, requestHash } = request;
  const [at, runningUntil] = [now.toISOString(), until.toISOString()];
  const taken = await rows(
    db,
    sql`insert into idempotency_keys (api_key_id, key, request_hash, run_id, running_until, created_at)
      select ${apiKeyId}, ${key}, ${requestHash}, ${runId}::uuid, ${runningUntil}::timestamptz, ${at}::timestamptz
      from ${withoutDisk}
      on conflict (api_key_id, key) do update set run_id = excluded.run_id, running_until = excluded.running_until
      where idempotency_keys.http_status is null and idempotency_keys.running_until < ${at}::timestamptz
        and idempotency_keys.request_hash = excluded.request_hash
      returning run_id`,
  );
  if (taken.length > 0) return { outcome: "begun" };
  const [found] = await db.select().from(idempotencyKeys).where(isKey(request));
  if (!found) return { outcome: "running" };
  if (found.requestHash !== request.requestHash) return { outcome: "other_request" };
  const { httpStatus, body } = found;
  return httpStatus === null || body === null
    ? { outcome: "running" }
    : { outcome: "answered", httpStatus, body };
}

const isKey = ({ apiKeyId, key }: Pick<IdempotentRequest, "apiKeyId" | "key">) =>
  and(eq(idempotencyKeys.apiKeyId, apiKeyId), eq(idempotencyKeys.key, key));

/** Keeps the answer of a run, unless another run took it over meanwhile. */
export async function endRun(
  db: Db | Tx,
  request: IdempotentRequest,
  { runId, httpStatus, body }: { runId: string; httpStatus: number; body: string },
): Promise<void> {
  await db
    .update(idempotencyKeys)
    .set({ httpStatus, body })
    .from(withoutDisk)
    .where(and(isKey(request), eq(idempotencyKeys.runId, runId)));
}

/** Gives the key free: nothing was done, and the same request may be sent again at once. */
export async function abandonRun(db: Db, request: IdempotentRequest, runId: string): Promise<void> {
  await db
    .delete(idempotencyKeys)
    .where(and(isKey(request), eq(idempotencyKeys.runId, runId), isNull(idempotencyKeys.httpStatus)));
}

/** Removes up to `most` keys from before a moment. @returns how many */
export async function deleteOldKeys(
  db: Db,
  { before, most }: { before: Date; most: number },
): Promise<number> {
  const deleted = await db
    .delete(idempotencyKeys)
    .where(
      sql`(${idempotencyKeys.apiKeyId}, ${idempotencyKeys.key}) in (
        select api_key_id, key from idempotency_keys where created_at < ${before.toISOString()}::timestamptz
        order by created_at limit ${most}::int)`,
    )
    .returning({ key: idempotencyKeys.key });
  return deleted.length;
}
