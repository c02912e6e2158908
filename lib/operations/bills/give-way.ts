/** Short enough that a till's inquiry or a page does not notice it. */
const longestMs = 10;

export type GiveWay = () => Promise<void>;

/**
 * For long work in one process: call it between small steps, and it lets timers, connections and other requests run
 * whenever this work has held the process for ten milliseconds.
 */
export function createGiveWay(): GiveWay {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < longestMs) return;
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
  };
}
