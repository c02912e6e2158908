import { lt, sql } from "drizzle-orm";
import type { Db } from "./database";
import { rows } from "./rows";
import { rateLimits } from "./schema";

/** A row that began further ahead than clocks of two machines differ was written by a clock that was set back since. */
const clockToleranceMs = 5_000;

export type CountInWindow = {
  /** A fresh UUID for a new row. */
  id: string;
  key: string;
  /** Added to the count, which never falls below 0. */
  points: number;
  /** What is counted: the same again in one window is not counted again. Remembered only while `most` is not reached. */
  event: string | undefined;
  most: number;
  nowMs: number;
  windowMs: number;
};

/** `beganAtMs`: when the window of this count began. `isKnown`: the event was counted, now or before. */
export type Counted = { count: number; beganAtMs: number; isKnown: boolean };

/**
 * Adds to a count of the window that began with its first event, or begins the next window. One statement, so that many
 * processes at once count every event exactly once.
 */
export async function countInWindow(db: Db, counting: CountInWindow): Promise<Counted> {
  const { id, key, points, nowMs } = counting;
  const events = counting.event === undefined ? sql`'{}'::text[]` : sql`array[${counting.event}]::text[]`;
  const startsAnew = sql`(rate_limits.last_request <= ${nowMs - counting.windowMs}::bigint
    or rate_limits.last_request > ${nowMs + clockToleranceMs}::bigint)`;
  const isKnown = sql`rate_limits.events && ${events}`;
  const [counted] = await rows<{ count: number; began: number; known: boolean }>(
    db,
    sql`insert into rate_limits (id, key, count, last_request, events)
      values (${id}, ${key}, greatest(${points}::int, 0), ${nowMs}::bigint, ${events})
      on conflict (key) do update set
        count = case
          when ${startsAnew} then excluded.count
          when ${isKnown} then rate_limits.count
          else greatest(rate_limits.count + ${points}::int, 0) end,
        last_request = case when ${startsAnew} then excluded.last_request else rate_limits.last_request end,
        events = case
          when ${startsAnew} then excluded.events
          when ${isKnown} or rate_limits.count + ${points}::int > ${counting.most}::int then rate_limits.events
          else rate_limits.events || excluded.events end
      returning count::int as count, last_request::float8 as began, events && ${events} as known`,
  );
  if (!counted) throw new Error("a count that returned nothing");
  return { count: counted.count, beganAtMs: counted.began, isKnown: counted.known };
}

/** Removes the counts whose windows began before a moment. */
export async function deleteCounts(db: Db, { beganBefore }: { beganBefore: Date }): Promise<void> {
  await db.delete(rateLimits).where(lt(rateLimits.lastRequest, beganBefore.getTime()));
}
