import { sql } from "drizzle-orm";
import type { Db } from "@/db/database";
import { rows } from "@/db/rows";
import type { UnsignedTarget } from "@/db/schema";
import { StaffUser } from "../staff";

/** Messages that were rejected for one reason. */
export type UnsignedReason = {
  reason: string;
  count: number;
  samples: UnsignedSample[];
};

export type UnsignedSample = {
  count: number;
  network: string;
  firstAt: string;
  lastAt: string;
  headers: Record<string, string>;
  bodyDigest: string;
};

const dayMs = 24 * 60 * 60 * 1000;
/** For each reason, so that a flood of one kind hides no other. */
const maxSamples = 3;

/**
 * Messages without a valid signature in the last 24 hours, by reason, with the newest samples of each. A wrong signature
 * under our own Client-Id comes first: DOKU itself sends those where the secret is wrong.
 */
export async function listUnsignedReasons(
  db: Db,
  merchant: StaffUser,
  { target, now }: { target: UnsignedTarget; now: Date },
): Promise<UnsignedReason[]> {
  StaffUser.check(merchant);
  const since = new Date(now.getTime() - dayMs).toISOString();
  const found = await rows<{ reason: string; count: number; samples: UnsignedSample[] }>(
    db,
    sql`with recent as (
        select *, row_number() over (partition by reason order by last_at desc, network) as place
        from unsigned_messages where target = ${target} and last_at > ${since}::timestamptz
      )
      select reason, sum(count)::float8 as count,
        jsonb_agg(jsonb_build_object('count', count, 'network', network, 'firstAt', first_at, 'lastAt', last_at,
          'headers', headers, 'bodyDigest', body_digest) order by place) filter (where place <= ${maxSamples}::int)
          as samples
      from recent group by reason order by (reason = 'bad_signature') desc, sum(count) desc, reason`,
  );
  return found.map(({ samples, ...reason }) => ({
    ...reason,
    samples: typeof samples === "string" ? (JSON.parse(samples) as UnsignedSample[]) : samples,
  }));
}
