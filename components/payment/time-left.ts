/** Whole seconds until the end: the server's count less the time that has passed in this page. */
export const secondsLeftAfter = (secondsLeft: number, elapsedMs: number): number =>
  Math.max(0, Math.ceil(secondsLeft - elapsedMs / 1000));

/** `00:47:12`; hours go on beyond a day, as in `49:10:00`. */
export function asClock(seconds: number): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(":");
}

/** Seconds left at which the time is announced to screen readers. */
const thresholds = [30 * 60, 10 * 60, 5 * 60, 60, 0];

/** The threshold that was passed between two counts, the last if there were several; undefined without one. */
export const thresholdBetween = (before: number, after: number): number | undefined =>
  thresholds.findLast((threshold) => before > threshold && after <= threshold);
