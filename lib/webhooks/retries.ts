const [second, minute, hour] = [1000, 60_000, 3_600_000];

/** Pauses after the first, second, … try in vain, in milliseconds: three days in all. */
const pausesMs = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
];

/** An endpoint that has only failed for so long is switched off. */
export const failingLimitMs = 5 * 24 * hour;

/**
 * When the next try is due, after so many in vain; undefined when there is none.
 * @param chance from 0 to 1: up to a tenth is added, so that what failed together does not come back together
 */
export function nextTryAt(tries: number, now: Date, chance: number): Date | undefined {
  const pauseMs = pausesMs[tries - 1];
  return pauseMs === undefined ? undefined : new Date(now.getTime() + pauseMs * (1 + chance / 10));
}
