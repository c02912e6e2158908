import { usualWaitSeconds } from "./headline";
import type { TimedView } from "./timed-view";
import { getGrownPauseMs, livePauseMs } from "./watch-changes";

/** A shopper who hurries to the counter pays in these. */
const lastMinutesMs = 5 * 60_000;
const lastMinutesPauseMs = 5_000;
/** A question at the very moment may still be answered with the state before it. */
const marginMs = 500;

/**
 * The pause until the status is asked again, in milliseconds, at `now` of `performance.now()`. While the stream lives it
 * ends only early where a view changes by time alone: at the deadline, and when a code takes long.
 */
export function getStatusPauseMs(
  { view, receivedAt }: TimedView,
  { now, isLive, asked }: { now: number; isLive: boolean; asked: number },
): number {
  const toMs = (secondsLeft: number | undefined) =>
    secondsLeft === undefined ? undefined : secondsLeft * 1000 - (now - receivedAt);
  const leftMs = toMs(view.secondsLeft);
  const grownMs = getGrownPauseMs(asked);
  if (!isLive)
    return leftMs !== undefined && leftMs <= lastMinutesMs ? Math.min(grownMs, lastMinutesPauseMs) : grownMs;
  const isLong = view.preparingFor === undefined || view.preparingFor >= usualWaitSeconds;
  const nextMs = leftMs ?? (isLong ? undefined : toMs(usualWaitSeconds - (view.preparingFor ?? 0)));
  if (nextMs === undefined) return livePauseMs;
  return nextMs > 0 ? Math.min(nextMs + marginMs, livePauseMs) : grownMs;
}
