const [minute, hour] = [60_000, 3_600_000];

/** A shopper with less time than this has the code before their eyes. */
const shortestMs = 20 * minute;
/** Time enough to reach a shop on the way home, however long the code lasts. */
const longestNoticeMs = 3 * hour;

/**
 * When to remind of a deadline: for the last quarter of the time, three hours at most. A code of an hour gets its reminder 15
 * minutes before the end, one of three days three hours before; undefined for one of less than 20 minutes.
 */
export function chooseReminderTime(from: Date, deadline: Date): Date | undefined {
  const lastsMs = deadline.getTime() - from.getTime();
  if (lastsMs < shortestMs) return undefined;
  return new Date(deadline.getTime() - Math.min(lastsMs / 4, longestNoticeMs));
}
