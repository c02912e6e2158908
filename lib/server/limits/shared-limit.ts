import "server-only";
import { createHash, randomUUID } from "node:crypto";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import type { Db } from "@/db/database";
import { countInWindow } from "@/db/rate-limits";
import type { CountInput, WindowCount } from "@/db/rate-limits";

/** At most `maxEvents` in a window of `seconds`, which begins with the first event. */
export type Allowance = { maxEvents: number; seconds: number };

export type SharedLimit = {
  /**
   * Counts one event of a key; the same event counts once.
   * @returns seconds to wait; 0 when it was counted and may happen now
   */
  take: (key: string, event?: string) => Promise<number>;
  /** As `take`, for an event that a statement of its own counts, once for each allowance. */
  takeWith: (key: string, count: CountEvent) => Promise<number>;
  /** Takes the count of one event back. */
  giveBack: (key: string) => Promise<void>;
};

export type CountEvent = (counting: CountInput) => Promise<WindowCount>;

/** What is passed through the library. */
type ConsumeOptions = { event?: string; count?: CountEvent };

/**
 * The library decides and blocks, and counts in our table. Its own stores for PostgreSQL need the client of `pg`, or
 * load Drizzle in a way that bundlers cannot follow, and neither recognises a repeated event.
 */
class TableLimiter extends RateLimiterPostgres {
  readonly #db: Db;

  constructor(db: Db, name: string, { maxEvents, seconds }: Allowance) {
    super({
      storeClient: {},
      storeType: "client",
      tableName: "rate_limits",
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix: name,
      points: maxEvents,
      duration: seconds,
      // A client far beyond the limit is refused from memory until the window ends.
      inMemoryBlockOnConsumed: maxEvents * 2 + 1,
    });
    this.#db = db;
  }

  /** Called by the library for every change of a count; the result has the shape of a `pg` result. */
  async _upsert(
    key: string,
    points: number,
    windowMs: number,
    _force: boolean,
    { event, count = (counting) => countInWindow(this.#db, counting) }: ConsumeOptions = {},
  ) {
    const counted = await count({
      id: randomUUID(),
      key,
      points,
      event,
      maxEvents: this.points,
      nowMs: Date.now(),
      windowMs,
    });
    // A repeated event is allowed even when the limit is reached.
    const used = counted.isKnown ? Math.min(counted.count, this.points) : counted.count;
    return { rows: [{ points: used, expire: counted.beganAtMs + windowMs }] };
  }
}

export type SharedLimitOptions = {
  db: Db;
  /** Begins every key of this limit in the table. */
  name: string;
  allowances: readonly Allowance[];
  /** Called when counting fails. If it throws, `take` throws; otherwise the event is allowed. */
  onFailure: (error: unknown) => void;
};

/** A limit that all processes on one database share. */
export function createSharedLimit({ db, name, allowances, onFailure }: SharedLimitOptions): SharedLimit {
  // The shortest window first: what it refuses is not counted in the longer ones, so that a wait always ends.
  const limiters = allowances
    .toSorted((one, other) => one.seconds - other.seconds)
    .map((allowance) => new TableLimiter(db, `${name}:${allowance.seconds}s`, allowance));
  const take = async (key: string, options: ConsumeOptions): Promise<number> => {
    for (const limiter of limiters) {
      const waitMs = await consume(limiter, hashText(key), options);
      if (waitMs > 0) return Math.ceil(waitMs / 1000);
    }
    return 0;
  };
  const allow = (error: unknown): number => {
    onFailure(error);
    return 0;
  };
  return {
    take: (key, event) => take(key, event === undefined ? {} : { event: hashText(event) }).catch(allow),
    takeWith: (key, count) => take(key, { count }).catch(allow),
    giveBack: async (key) => {
      for (const limiter of limiters) await limiter.reward(hashText(key));
    },
  };
}

/** @returns milliseconds to wait; the library reports a refusal by throwing */
async function consume(limiter: TableLimiter, key: string, options: ConsumeOptions): Promise<number> {
  try {
    await limiter.consume(key, 1, options);
    return 0;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.max(1, refusal.msBeforeNext);
    throw refusal;
  }
}

/** So that the table holds no addresses, e-mails or codes. */
const hashText = (text: string): string => createHash("sha256").update(text).digest("base64url");
