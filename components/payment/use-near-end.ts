import { useEffect, useState } from "react";
import type { TimedView } from "./timed-view";

/** The longest that a timer of a browser can wait, in milliseconds. */
const longestTimerMs = 2 ** 31 - 1;

/** Whether at most `seconds` are left until the deadline, by the server's clock. */
export function useNearEnd({ view: { secondsLeft }, receivedAt }: TimedView, seconds: number): boolean {
  /** The view, by its time, during which the moment came. */
  const [reached, setReached] = useState<number>();
  useEffect(() => {
    if (secondsLeft === undefined) return undefined;
    const waitMs = (secondsLeft - seconds) * 1000 - (performance.now() - receivedAt);
    if (waitMs > longestTimerMs) return undefined;
    const timer = setTimeout(() => setReached(receivedAt), waitMs);
    return () => clearTimeout(timer);
  }, [secondsLeft, receivedAt, seconds]);
  return secondsLeft !== undefined && (secondsLeft <= seconds || reached === receivedAt);
}
