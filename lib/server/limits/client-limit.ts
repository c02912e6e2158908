import "server-only";
import type { Allowance } from "./shared-limit";

/** Counts one event of a client. @returns seconds to wait; 0 when it was counted and may happen now */
export type ClientLimit = (client: string) => number;

/** Beyond so many clients the one that was longest quiet is forgotten: made-up addresses must not fill the memory. */
const maxClients = 10_000;

/**
 * A limit for each client in the memory of this process, in any stretch of so many seconds. What is refused is not
 * counted, so that waiting always ends.
 * @param now milliseconds of a clock that never goes back
 */
export function createClientLimit(
  { maxEvents, seconds }: Allowance,
  now: () => number = () => performance.now(),
): ClientLimit {
  const clients = new Map<string, number[]>();
  return (client) => {
    const at = now();
    const recent = (clients.get(client) ?? []).filter((event) => at - event < seconds * 1000);
    const inTheWay = recent.at(-maxEvents);
    const wait = inTheWay === undefined ? 0 : Math.max(0, Math.ceil(seconds - (at - inTheWay) / 1000));
    if (wait > 0) return wait;
    // Taken out and put in again: a Map keeps its order, and the first is then the one longest quiet.
    clients.delete(client);
    clients.set(client, [...recent, at]);
    const [quietest] = clients.keys();
    if (clients.size > maxClients && quietest !== undefined) clients.delete(quietest);
    return 0;
  };
}
