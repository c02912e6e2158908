import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { failureLevel, log } from "../log";

export type Schedule = {
  intervalMs: number;
  /** The least time from the end of one run to the next, however often it is woken. */
  restMs?: number;
  what: string;
};

export type Repeated = {
  /** Runs the work now, or once more when it is running. */
  wake: () => void;
  /** Resolves when it was stopped and the last run is over. */
  ended: Promise<void>;
};

/** Runs the work at most once at a time, once per interval and whenever it is woken, until `end`. A failure is logged. */
export function repeat(
  end: AbortSignal,
  { intervalMs, restMs = 0, what }: Schedule,
  work: () => Promise<unknown>,
): Repeated {
  let isWoken = false;
  let stopWaiting = () => {};
  const wake = () => {
    isWoken = true;
    stopWaiting();
  };
  end.addEventListener("abort", wake);
  const pause = (milliseconds: number) =>
    new Promise<void>((done) => {
      const timer = setTimeout(done, milliseconds);
      stopWaiting = () => {
        clearTimeout(timer);
        done();
      };
      if (isWoken) stopWaiting();
    });
  const run = async () => {
    while (!end.aborted) {
      isWoken = false;
      const startedAt = performance.now();
      await work().catch((error: unknown) => log(failureLevel(error), `${what}_failed`, { error }));
      if (!end.aborted && restMs > 0) await sleep(restMs, undefined, { signal: end }).catch(() => undefined);
      if (!end.aborted) await pause(Math.max(0, intervalMs - (performance.now() - startedAt)));
    }
  };
  return { wake, ended: run() };
}
