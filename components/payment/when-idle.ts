/** The longest wait for it: a shopper may lose the network soon, or pay. */
const maxIdleWaitMs = 1000;

/**
 * Runs the work in the next moment in which the page has nothing else to do.
 * @returns a function that calls it off
 */
export function whenIdle(work: () => void): () => void {
  // Safari has no idle callbacks.
  if (!("requestIdleCallback" in window)) {
    const timer = setTimeout(work, maxIdleWaitMs);
    return () => clearTimeout(timer);
  }
  const waiting = requestIdleCallback(work, { timeout: maxIdleWaitMs });
  return () => cancelIdleCallback(waiting);
}
