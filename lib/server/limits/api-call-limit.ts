import "server-only";
import type { Db } from "@/db/database";
import { findUsableKey, findUsableKeyAndCount } from "@/db/queries/api-keys";
import type { UsableKey } from "@/db/queries/api-keys";
import type { CountInput } from "@/db/rate-limits";
import { createBatcher } from "@/lib/operations/batch";
import type { SharedLimit } from "./shared-limit";

export type ApiCallLimit = {
  /**
   * Finds the key of a call and counts the call.
   * @returns the seconds to wait; 0 when it may happen now. Without a key nothing is counted. A key far beyond its limit
   * is refused from memory, and not found then
   */
  take: (hash: string, now: Date) => Promise<{ key: UsableKey | undefined; wait: number }>;
};

/** Calls of the API, for each key. Those that come at the same time share a statement for each key. */
export function createApiCallLimit(db: Db, limit: SharedLimit): ApiCallLimit {
  const findInBatch = createBatcher((calls: Call[]) => findAndCount(db, calls));
  return {
    take: async (hash, now) => {
      let found: { key: UsableKey | undefined } | undefined;
      const wait = await limit.takeWith(hash, async (counting) => {
        const call = { hash, now, counting };
        const counted = await findInBatch(call);
        found = { key: counted?.key };
        return counted?.counted ?? { count: 0, beganAtMs: counting.nowMs, isKnown: false };
      });
      // Where counting fails, calls go on.
      found ??= { key: wait === 0 ? await findUsableKey(db, hash, now) : undefined };
      return { key: found.key, wait };
    },
  };
}

type Call = { hash: string; now: Date; counting: CountInput };
type Counted = Awaited<ReturnType<typeof findUsableKeyAndCount>>;

/** Each call of a key has the count that it would have had alone, in the sequence in which they came. */
async function findAndCount(db: Db, calls: readonly Call[]): Promise<Counted[]> {
  const results = new Map<Call, Counted>();
  const countKey = async (hash: string) => {
    const own = calls.filter((call) => call.hash === hash);
    const last = own.at(-1);
    if (!last) return;
    const points = own.reduce((sum, { counting }) => sum + counting.points, 0);
    const found = await findUsableKeyAndCount(db, last, { ...last.counting, points });
    let count = (found?.counted.count ?? 0) - points;
    for (const call of own) {
      count += call.counting.points;
      results.set(call, found && { ...found, counted: { ...found.counted, count } });
    }
  };
  await Promise.all([...new Set(calls.map(({ hash }) => hash))].map(countKey));
  return calls.map((call) => results.get(call));
}
