import { lt, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Db } from "./database";
import { rows } from "./rows";
import { rateLimits } from "./schema";

/**
 * Clocks of two machines may differ by this much. A window that starts further ahead was written before a clock was set
 * back.
 */
const clockToleranceMs = 5_000;

export type CountInput = {
  /** A fresh UUID for a new row. */
  id: string;
  key: string;
  /** Added to the count, which never falls below 0. */
  points: number;
  /** A repeated event counts once per window. Events are remembered only until `maxEvents` is reached. */
  event: string | undefined;
  maxEvents: number;
  nowMs: number;
  windowMs: number;
};

/** `beganAtMs`: start of the window. `isKnown`: the event is counted, now or before. */
export type WindowCount = { count: number; beganAtMs: number; isKnown: boolean };

/**
 * Adds to the count of the current window, which began with its first event, or starts a new window. One statement, so
 * that concurrent processes count every event exactly once.
 */
export async function countInWindow(db: Db, counting: CountInput): Promise<WindowCount> {
  const [counted] = await rows<CountedRow>(db, countStatement(counting));
  if (!counted) throw new Error("the upsert of a rate limit returned no row");
  return toWindowCount(counted);
}

/** What `countStatement` returns. */
export type CountedRow = { count: number; began: number; known: boolean };

export const toWindowCount = ({ count, began, known }: CountedRow): WindowCount => ({
  count,
  beganAtMs: began,
  isKnown: known,
});

/** @param source a `from` that has one row, or none for not counting; without it the event is counted */
export function countStatement(counting: CountInput, source: SQL = sql``): SQL {
  const { id, key, points, nowMs } = counting;
  const events = counting.event === undefined ? sql`'{}'::text[]` : sql`array[${counting.event}]::text[]`;
  const startsAnew = sql`(rate_limits.last_request <= ${nowMs - counting.windowMs}::bigint
    or rate_limits.last_request > ${nowMs + clockToleranceMs}::bigint)`;
  const isKnown = sql`rate_limits.events && ${events}`;
  return sql`insert into rate_limits (id, key, count, last_request, events)
    select ${id}::text, ${key}::text, greatest(${points}::int, 0), ${nowMs}::bigint, ${events} ${source}
    on conflict (key) do update set
      count = case
        when ${startsAnew} then excluded.count
        when ${isKnown} then rate_limits.count
        else greatest(rate_limits.count + ${points}::int, 0) end,
      last_request = case when ${startsAnew} then excluded.last_request else rate_limits.last_request end,
      events = case
        when ${startsAnew} then excluded.events
        when ${isKnown} or rate_limits.count + ${points}::int > ${counting.maxEvents}::int then rate_limits.events
        else rate_limits.events || excluded.events end
    returning count::int as count, last_request::float8 as began, events && ${events} as known`;
}

/** Removes the counts whose windows began before a moment. */
export async function deleteCounts(db: Db, { beganBefore }: { beganBefore: Date }): Promise<void> {
  await db.delete(rateLimits).where(lt(rateLimits.lastRequest, beganBefore.getTime()));
}
