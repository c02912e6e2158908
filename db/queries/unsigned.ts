import { lt, sql } from "drizzle-orm";
import type { Db } from "../database";
import { unsignedMessages } from "../schema";
import type { UnsignedTarget } from "../schema";

/** Messages of one kind and sender within one hour. */
export type UnsignedCount = {
  target: UnsignedTarget;
  reason: string;
  network: string;
  count: number;
  firstAt: Date;
  lastAt: Date;
  /** Of the first of them. */
  headers: Record<string, string>;
  bodyDigest: string;
};

/** Senders that are counted by name in an hour, for each target and reason; all further ones are `others`. */
export const maxNetworks = 20;

/**
 * Adds to the counts of an hour, all of them in one statement. Processes that add at the same moment lose nothing, and may
 * name a few senders more than the limit.
 */
export async function addUnsignedCounts(db: Db, counts: readonly UnsignedCount[]): Promise<void> {
  if (counts.length === 0) return;
  await db.execute(sql`
    with given as (
      select date_trunc('hour', "firstAt", 'UTC') as hour, * from jsonb_to_recordset(${JSON.stringify(counts)}::jsonb) as g(
        target text, reason text, network text, count int, "firstAt" timestamptz, "lastAt" timestamptz,
        headers jsonb, "bodyDigest" text)
    ),
    placed as (
      select g.*, known.network is not null as is_known,
        (select count(*) from unsigned_messages m
          where m.hour = g.hour and m.target = g.target and m.reason = g.reason and m.network <> 'others') as named,
        dense_rank() over (
          partition by g.hour, g.target, g.reason, known.network is null order by g.network) as place
      from given g left join unsigned_messages known
        on known.hour = g.hour and known.target = g.target and known.reason = g.reason and known.network = g.network
    ),
    summed as (
      select hour, target, reason,
        case when is_known or named + place <= ${maxNetworks}::int then network else 'others' end as counted_as,
        sum(count) as count, min("firstAt") as first_at, max("lastAt") as last_at,
        (array_agg(headers order by "firstAt"))[1] as headers,
        (array_agg("bodyDigest" order by "firstAt"))[1] as body_digest
      from placed group by 1, 2, 3, 4
    )
    insert into unsigned_messages (hour, target, reason, network, count, first_at, last_at, headers, body_digest)
    select hour, target, reason, counted_as, least(count, 2147483647)::int, first_at, last_at, headers, body_digest
    from summed
    on conflict (hour, target, reason, network) do update set
      count = least(unsigned_messages.count::bigint + excluded.count, 2147483647)::int,
      last_at = greatest(unsigned_messages.last_at, excluded.last_at)`);
}

/** Removes the hours before a moment. */
export async function deleteUnsigned(db: Db, { before }: { before: Date }): Promise<void> {
  await db.delete(unsignedMessages).where(lt(unsignedMessages.hour, before));
}
