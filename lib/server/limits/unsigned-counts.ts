import "server-only";
import type { UnsignedCount } from "@/db/queries/unsigned";

/** Different kinds and senders that are held at once; a flood from more of them is counted as `others`. */
const maxHeld = 200;

export type UnsignedCounts = {
  /** Never throws and never waits. */
  add: (one: UnsignedCount) => void;
  /** Saves what is held, at the end of a process. */
  flush: () => Promise<void>;
};

/**
 * Counts messages without a valid signature in memory, and saves the sums once in a while: a flood of them costs the
 * database one statement a second, whatever its size. What is held is lost when a process is killed; it proves nothing about
 * money.
 */
export function createUnsignedCounts({
  save,
  afterMs = 1000,
  onFailure,
}: {
  /** Saves all of them in one statement. */
  save: (counts: UnsignedCount[]) => Promise<void>;
  afterMs?: number;
  onFailure: (error: unknown) => void;
}): UnsignedCounts {
  let held = new Map<string, UnsignedCount>();
  let timer: NodeJS.Timeout | undefined;
  // One after another: a slow database gets no second statement while it works on the first.
  let saving = Promise.resolve();
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    saving = saving.then(() => {
      const due = [...held.values()];
      held = new Map();
      return due.length === 0 ? undefined : save(due).catch(onFailure);
    });
    return saving;
  };
  return {
    add: (one) => {
      const key = toKey(one);
      addTo(held, held.has(key) || held.size < maxHeld ? one : { ...one, network: "others" });
      timer ??= setTimeout(() => void flush(), afterMs).unref();
    },
    flush,
  };
}

const hourMs = 3600_000;
const toKey = ({ target, reason, network, firstAt }: UnsignedCount): string =>
  [target, reason, network, Math.floor(firstAt.getTime() / hourMs)].join(" ");

function addTo(held: Map<string, UnsignedCount>, one: UnsignedCount): void {
  const key = toKey(one);
  const before = held.get(key);
  held.set(key, before ? { ...before, count: before.count + one.count, lastAt: one.lastAt } : one);
}
