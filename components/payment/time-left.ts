/** Whole seconds until the end, from seconds the server counted and milliseconds that passed here since. */
export const secondsLeftAfter = (secondsLeft: number, elapsedMs: number): number =>
  Math.max(0, Math.ceil(secondsLeft - elapsedMs / 1000));

/** `00:47:12`; more than a day is `2:03:10:00` no more: hours simply go on, as in `49:10:00`. */
export function asClock(seconds: number): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(":");
}

/** Seconds left at which a screen reader announces the time. */
const thresholds = [30 * 60, 10 * 60, 5 * 60, 60, 0];

/** The threshold passed between two readings, the last one if there were several; undefined when there was none. */
export const thresholdBetween = (before: number, after: number): number | undefined =>
  thresholds.findLast((threshold) => before > threshold && after <= threshold);
