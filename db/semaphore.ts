/**
 * How long a query waits for a free connection. After that the app answers "unavailable", and DOKU sends its message
 * again.
 */
export const ACQUIRE_TIMEOUT_MS = 2_000;

/** No connection became free in time. */
export class PoolBusyError extends Error {
  readonly code = "POOL_BUSY";
  constructor(timeoutMs: number) {
    super(`The database was busy for ${timeoutMs / 1000} s.`);
  }
}

/** The program is stopping. */
export class PoolClosedError extends Error {
  readonly code = "CONNECTION_ENDED";
  constructor() {
    super("The database connection is closed.");
  }
}

export type Semaphore = {
  /** Runs work when a permit is free, in order of arrival. @throws PoolBusyError when none became free in time */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Starts no more work; resolves when all running work has ended, or after the time-out. */
  drain(timeoutMs: number): Promise<void>;
};

/** Limits how much work runs at once. postgres.js has a queue for its connections, but no limit on the wait in it. */
export function createSemaphore(permits: number, acquireTimeoutMs = ACQUIRE_TIMEOUT_MS): Semaphore {
  let running = 0;
  let onIdle: (() => void) | undefined;
  const waiting: (() => void)[] = [];
  const acquire = () =>
    new Promise<void>((resolve, reject) => {
      const grant = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(grant), 1);
        reject(new PoolBusyError(acquireTimeoutMs));
      }, acquireTimeoutMs);
      waiting.push(grant);
    });
  const release = () => {
    const next = waiting.shift();
    // The permit passes on to the next in line.
    if (next) return next();
    running--;
    if (running === 0) onIdle?.();
  };
  const run: Semaphore["run"] = async (work) => {
    if (onIdle) throw new PoolClosedError();
    if (running < permits) running++;
    else await acquire();
    try {
      return await work();
    } finally {
      release();
    }
  };
  const drain = (timeoutMs: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      onIdle = () => {
        clearTimeout(timer);
        resolve();
      };
      if (running === 0) onIdle();
    });
  return { run, drain };
}
