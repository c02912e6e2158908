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

/** Senders that are counted by name in an hour, for each target; all further ones are `others`. */
export const maxNetworks = 50;

/** Adds to the counts of an hour. One statement, so that processes that count at once lose nothing. */
export async function addUnsignedCount(db: Db, one: UnsignedCount): Promise<void> {
  const first = sql`${one.firstAt.toISOString()}::timestamptz`;
  const last = sql`${one.lastAt.toISOString()}::timestamptz`;
  await db.execute(sql`
    insert into unsigned_messages (hour, target, reason, network, count, first_at, last_at, headers, body_digest)
    select date_trunc('hour', ${first}, 'UTC'), ${one.target}, ${one.reason},
      case when known.is_listed or known.networks < ${maxNetworks}::int then ${one.network} else 'others' end,
      ${one.count}::int, ${first}, ${last}, ${JSON.stringify(one.headers)}::jsonb, ${one.bodyDigest}
    from (
      select count(distinct network)::int as networks, coalesce(bool_or(network = ${one.network}), false) as is_listed
      from unsigned_messages
      where hour = date_trunc('hour', ${first}, 'UTC') and target = ${one.target}
    ) known
    on conflict (hour, target, reason, network) do update set
      count = least(unsigned_messages.count::bigint + excluded.count, 2147483647)::int,
      last_at = greatest(unsigned_messages.last_at, excluded.last_at)`);
}

/** Removes the hours before a moment. */
export async function deleteUnsigned(db: Db, { before }: { before: Date }): Promise<void> {
  await db.delete(unsignedMessages).where(lt(unsignedMessages.hour, before));
}
