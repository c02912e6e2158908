const [minute, hour] = [60_000, 3_600_000];

/** Pauses after the first, second, … try in vain, in milliseconds: about a day in all. */
const pausesMs = [
  ...[minute, 5 * minute, 15 * minute, 30 * minute],
  ...[hour, 2 * hour, 4 * hour, 6 * hour, 10 * hour],
];

/**
 * When the next try is due, after so many in vain; undefined when there is none.
 * @param chance from 0 to 1: up to a tenth is added, so that what failed together does not come back together
 */
export function nextTryAt(tries: number, now: Date, chance: number): Date | undefined {
  const pauseMs = pausesMs[tries - 1];
  return pauseMs === undefined ? undefined : new Date(now.getTime() + pauseMs * (1 + chance / 10));
}
