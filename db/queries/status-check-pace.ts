import { sql } from "drizzle-orm";
import type { Db } from "../database";
import type { PaymentRow } from "./orders";
import { rows } from "../rows";

/**
 * How often DOKU may be asked in a second, by every program on this database together (reliability, reconciliation). What
 * is asked by itself leaves one for whoever asks by hand, and stands at a till perhaps.
 */
const perSecond = { byHand: 5, byItself: 4 };
export type Asking = keyof typeof perSecond;
/** Of those that a restart makes due, so that they leave room for what becomes due by itself. */
export const sweptPerSecond = 3;

/** Clocks of two machines differ; one that is further off than this counts for itself. Seconds. */
const clocksApart = 5;

/**
 * Takes the right to ask DOKU for the status of a leased payment now, and notes with it that it was asked: whoever dies
 * over the answer has asked all the same.
 * @returns false when this second has no more room, or somebody else holds the lease by now
 */
export async function takeStatusCheck(
  db: Db,
  payment: PaymentRow,
  { now, asking }: { now: Date; asking: Asking },
): Promise<boolean> {
  const second = Math.floor(now.getTime() / 1000);
  // A clock that is a little behind counts in the second that another has begun.
  const isNewSecond = sql`(excluded.second > pace.second or excluded.second < pace.second - ${clocksApart})`;
  const taken = await rows(
    db,
    sql`with room as (
        insert into status_check_pace as pace (id, second, taken) values (1, ${second}, 1)
        on conflict (id) do update set
          second = case when ${isNewSecond} then excluded.second else pace.second end,
          taken = case when ${isNewSecond} then 1 else pace.taken + 1 end
        where ${isNewSecond} or pace.taken < ${perSecond[asking]}
        returning 1
      )
      update payments set checked_at = ${now.toISOString()}::timestamptz
      where id = ${payment.id} and lease = ${payment.lease} and exists (select from room)
      returning 1 as one`,
  );
  return taken.length === 1;
}
