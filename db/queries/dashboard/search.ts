import { eq, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { OrderId } from "@/lib/payment/order-id";
import { parseSearch } from "./search-text";
import type { Search } from "./search-text";
import type { Db } from "@/db/database";
import { literal, rows } from "@/db/rows";
import { orders, payments } from "@/db/schema";

/** How many terms a rare beginning has at most. */
const rare = 1000;

/** Sorts after everything that a term can hold. */
const lastCharacter = "\u{10FFFF}";

/** `before`: the last order of the page before. */
type MatchesPage = { before?: OrderId | undefined; limit: number };

/**
 * The newest orders that a search means, newest first. The terms are read day by day, so that a common beginning is
 * done after its newest days. Of a rare one only the days that have it are read
 * (docs/decisions/026-search-by-terms.md).
 */
export async function findMatchingOrders(db: Db, query: string, page: MatchesPage): Promise<OrderId[]> {
  const search = parseSearch(query);
  const whole = await findByWholeId(db, search);
  if (whole !== undefined) return page.before === undefined ? [whole] : [];
  const found = await findBeginnings(db, search.alternatives.flat());
  const candidates = search.alternatives
    .map((beginnings) => ({ beginnings, rarest: getRarest(beginnings, found) }))
    .filter(({ rarest }) => rarest.count > 0);
  if (candidates.length === 0) return [];
  const isRare = candidates.every(({ rarest }) => rarest.count <= rare);
  const days = isRare ? selectDays(candidates.flatMap(({ rarest }) => rarest.days)) : selectAllDays;
  const matches = sql.join(
    candidates.map(({ beginnings }) => selectMatchesOfDay(beginnings)),
    sql` union `,
  );
  return selectNewest(db, { days, matches, page });
}

async function findByWholeId(db: Db, { orderId, requestId }: Search): Promise<OrderId | undefined> {
  const [found] = [
    ...(orderId ? await db.select({ id: orders.id }).from(orders).where(eq(orders.id, orderId)) : []),
    ...(requestId
      ? await db.select({ id: payments.orderId }).from(payments).where(eq(payments.requestId, requestId))
      : []),
  ];
  return found?.id;
}

/** How many terms have a beginning, counted up to one more than a rare one has, and the days of those counted. */
type FoundBeginning = { count: number; days: number[] };

async function findBeginnings(db: Db, beginnings: readonly string[]): Promise<Map<string, FoundBeginning>> {
  // In the order of the index: without it PostgreSQL would first collect every term of a common beginning.
  const found = await rows<{ beginning: string; count: number; days: string | null }>(
    db,
    sql`select wanted.beginning, counted.* from jsonb_array_elements_text(${JSON.stringify(beginnings)}::jsonb)
      as wanted (beginning), lateral (
        select count(*)::int as count, string_agg(distinct day::text, ',') as days from (
          select s.day from search_terms s
          where s.term >= wanted.beginning and s.term < wanted.beginning || ${lastCharacter}
          order by s.term limit ${literal(rare + 1)}) s
      ) as counted`,
  );
  return new Map(
    found.map(({ beginning, count, days }) => [
      beginning,
      { count, days: days === null ? [] : days.split(",").map(Number) },
    ]),
  );
}

const getRarest = (beginnings: readonly string[], found: Map<string, FoundBeginning>): FoundBeginning =>
  beginnings
    .map((beginning) => found.get(beginning) ?? { count: 0, days: [] })
    .reduce((one, other) => (other.count < one.count ? other : one));

const selectDays = (days: readonly number[]): SQL =>
  sql`select distinct unnest(${`{${days.join(",")}}`}::int[]) as day`;

const selectAllDays = sql`select generate_series(
  (select max(day) from search_terms), (select min(day) from search_terms), -1) as day`;

/** The orders of the day `d.day` that have a term with each of the beginnings. */
const selectMatchesOfDay = ([first = "", ...others]: readonly string[]): SQL => {
  const ofOthers = others.map(
    (other) => sql`select o.order_id from search_terms o where ${isOfDay(sql`o`, other)}`,
  );
  const hasOthers =
    others.length === 0 ? sql`true` : sql`s.order_id in (${sql.join(ofOthers, sql` intersect `)})`;
  return sql`select s.created_at, s.order_id from search_terms s where ${isOfDay(sql`s`, first)} and ${hasOthers}`;
};

const isOfDay = (table: SQL, beginning: string): SQL =>
  sql`${table}.day = d.day and ${table}.term >= ${beginning} and ${table}.term < ${beginning + lastCharacter}`;

/** Reads the days from the newest on until the page is full: a nested loop, whose inner part needs the outer one's day. */
async function selectNewest(
  db: Db,
  { days, matches, page: { before, limit } }: { days: SQL; matches: SQL; page: MatchesPage },
): Promise<OrderId[]> {
  const cursor = (column: SQL) => sql`(select ${column} from orders b where b.id = ${before})`;
  const isOnPage = before === undefined ? sql`true` : sql`day <= search_day(${cursor(sql`b.created_at`)})`;
  const isBefore =
    before === undefined ? sql`true` : sql`(m.created_at, m.order_id) < ${cursor(sql`b.created_at, b.id`)}`;
  const found = await rows<{ id: OrderId }>(
    db,
    sql`select f.order_id as id from (select day from (${days}) as given where ${isOnPage} order by day desc) as d,
      lateral (
        select distinct m.created_at, m.order_id from (${matches}) as m where ${isBefore}
        order by m.created_at desc, m.order_id desc limit ${literal(limit)}
      ) as f limit ${literal(limit)}`,
  );
  return found.map(({ id }) => id);
}
