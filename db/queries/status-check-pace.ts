import { sql } from "drizzle-orm";
import type { Db } from "../database";
import type { PaymentRow } from "./orders";
import { rows } from "../rows";

/**
 * Status checks in a second, of all processes on this database together
 * (docs/decisions/013-how-often-doku-is-asked.md). Scheduled checks leave one for a person who asks and may be at a
 * till.
 */
const maxPerSecond = { manual: 5, scheduled: 4 };
export type CheckOrigin = keyof typeof maxPerSecond;
/** For checks that a start reschedules, so that they leave room for those that are due anyway. */
export const rescheduledPerSecond = 3;

/** Clocks of machines may differ by this much; a clock that is further off counts by itself. */
const clockToleranceSeconds = 5;

/**
 * Counts a status check of a leased payment in the current second and records its time, in one statement: a process
 * that is killed before the answer has been counted.
 * @returns false when the limit of this second is reached, or another process holds the lease
 */
export async function takeStatusCheck(
  db: Db,
  payment: PaymentRow,
  { now, origin }: { now: Date; origin: CheckOrigin },
): Promise<boolean> {
  const second = Math.floor(now.getTime() / 1000);
  // A clock that is slightly behind counts in the second that another process has started.
  const isNewSecond = sql`(excluded.second > pace.second or excluded.second < pace.second - ${clockToleranceSeconds})`;
  const taken = await rows(
    db,
    sql`with room_in_second as (
        insert into status_check_pace as pace (id, second, taken) values (1, ${second}, 1)
        on conflict (id) do update set
          second = case when ${isNewSecond} then excluded.second else pace.second end,
          taken = case when ${isNewSecond} then 1 else pace.taken + 1 end
        where ${isNewSecond} or pace.taken < ${maxPerSecond[origin]}
        returning 1
      )
      update payments set checked_at = ${now.toISOString()}::timestamptz
      where id = ${payment.id} and lease = ${payment.lease} and exists (select from room_in_second)
      returning 1 as one`,
  );
  return taken.length === 1;
}
