import { sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { jakartaDate, parseJakartaDigits, toJakartaDigits } from "@/lib/payment/jakarta-time";
import { isOpen, selectReportedAmount } from "../cases";
import { countLimit, mostCounted, toBoundedCount } from "./bounded-count";
import type { BoundedCount } from "./bounded-count";
import { deadline, isLive, selectUnclearOrders } from "./unclear";
import type { Db } from "@/db/database";
import { StaffUser } from "../staff";
import { rows } from "@/db/rows";

/** The totals above the list of orders. Money of today is exact; what may be very many is counted up to a bound. */
export type TodaysSummary = {
  /** Receipts since midnight in Jakarta, those of late and double payments included. */
  paid: { sum: number; count: number };
  /** Given back since midnight in Jakarta, by DOKU or by hand; `paid` is what came, and does not shrink. */
  refunded: { sum: number; count: number };
  /** Unpaid orders with a payment that can still be paid. `sum` is that of the counted ones. */
  waiting: { sum: number; count: BoundedCount };
  undecided: { cases: BoundedCount; orders: BoundedCount };
  /** Payments whose outcome has been unclear for more than a day (docs/threats-and-invariants.md#f25). */
  unclear: BoundedCount;
  /** Today's notifications that belong to no order. */
  stray: { orphans: BoundedCount; rejected: BoundedCount };
};

/** All totals as of one moment, in one statement. */
export async function loadTodaysSummary(db: Db, merchant: StaffUser, now: Date): Promise<TodaysSummary> {
  StaffUser.check(merchant);
  const [midnight, nextMidnight] = dayInJakarta(now);
  const [from, to] = [toTimestamp(midnight), toTimestamp(nextMidnight)];
  const [totals] = await rows<Record<string, number>>(
    db,
    sql`select p.*, f.*, w.*, u.*, c.*, ${countStrays("orphan", from, to)} as orphans,
        ${countStrays("rejected", from, to)} as rejected,
        (select coalesce(sum(count), 0)::float8 from unsigned_messages
          where target = 'notifications' and hour >= ${from} and hour < ${to}) as unsigned from
      (select count(*)::int as paid, coalesce(sum(amount), 0)::float8 as paid_sum
        from receipts where paid_at >= ${from} and paid_at < ${to}) p,
      (select count(*)::int as refunded, coalesce(sum(given_back), 0)::float8 as refunded_sum from (
          select coalesce((select sum(r.amount) from receipts r where r.payment_id = l.id), l.amount) as given_back
            from payments l where l.status = 'refunded' and l.closed_at >= ${from} and l.closed_at < ${to}
          union all
          select ${selectReportedAmount(sql`c`)} from cases c
            where c.returned_on = ${jakartaDate(now)} and c.resolution = 'returned') g) f,
      (select count(*)::int as waiting, coalesce(sum(amount) filter (where place < ${countLimit}), 0)::float8 as waiting_sum
        from (${selectWaiting}) l) w,
      (select count(*)::int as unclear from (${selectUnclearOrders(now, { limit: mostCounted + 1 })}) l) u,
      (select count(*)::int as cases, count(distinct order_id)::int as orders from (
        select order_id from cases where ${isOpen} order by opened_at limit ${countLimit}) o) c`,
  );
  const getTotal = (name: string) => totals?.[name] ?? 0;
  const getCount = (name: string) => toBoundedCount(getTotal(name));
  return {
    paid: { sum: getTotal("paid_sum"), count: getTotal("paid") },
    refunded: { sum: getTotal("refunded_sum"), count: getTotal("refunded") },
    waiting: { sum: getTotal("waiting_sum"), count: getCount("waiting") },
    undecided: { cases: getCount("cases"), orders: getCount("orders") },
    unclear: getCount("unclear"),
    stray: {
      orphans: getCount("orphans"),
      rejected: toBoundedCount(getTotal("rejected") + getTotal("unsigned")),
    },
  };
}

const toTimestamp = (date: Date): SQL => sql`${date.toISOString()}::timestamptz`;

/**
 * The last deadline first. A reusable code waits for no payment: it is there for as many as come, and has a list of its
 * own.
 */
const selectWaiting = sql`select o.amount, row_number() over () as place
  from payments l join orders o on o.id = l.order_id and o.paid_at is null
  where ${isLive} and not l.reusable order by ${deadline} desc limit ${countLimit}`;

const countStrays = (verdict: "orphan" | "rejected", from: SQL, to: SQL): SQL =>
  sql`(select count(*)::int from (select from notifications where order_id is null and verdict = '${sql.raw(verdict)}'
    and received_at >= ${from} and received_at < ${to} limit ${countLimit}) s)`;

/** The day in Jakarta (WIB) of a moment: its midnight and the next. */
export function dayInJakarta(now: Date): [Date, Date] {
  const start = parseJakartaDigits(`${toJakartaDigits(now).slice(0, 8)}000000`);
  if (!start) throw new Error("midnight in Jakarta could not be computed");
  return [start, new Date(start.getTime() + 24 * 60 * 60 * 1000)];
}
