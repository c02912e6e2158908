import "server-only";
import type { Allowance } from "./shared-limit";

/** Counts one event of a client. @returns seconds to wait; 0 when it was counted and may happen now */
export type ClientLimit = (client: string) => number;

/** Beyond this the least recently active client is dropped, so that forged addresses do not fill the memory. */
const maxClients = 10_000;

/**
 * A limit for each client, in memory, over a sliding window of `seconds`. Refused events do not count, so that a wait
 * always ends.
 * @param now milliseconds of a monotonic clock
 */
export function createClientLimit(
  { maxEvents, seconds }: Allowance,
  now: () => number = () => performance.now(),
): ClientLimit {
  const clients = new Map<string, number[]>();
  return (client) => {
    const at = now();
    const recent = (clients.get(client) ?? []).filter((event) => at - event < seconds * 1000);
    const oldestCounted = recent.at(-maxEvents);
    const wait =
      oldestCounted === undefined ? 0 : Math.max(0, Math.ceil(seconds - (at - oldestCounted) / 1000));
    if (wait > 0) return wait;
    // Deleted and set again: a Map keeps insertion order, so its first client is the least recently active.
    clients.delete(client);
    clients.set(client, [...recent, at]);
    const [quietest] = clients.keys();
    if (clients.size > maxClients && quietest !== undefined) clients.delete(quietest);
    return 0;
  };
}
