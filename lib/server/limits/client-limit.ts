import "server-only";

/** At most so many doings of one client in any stretch of so many seconds. */
export type Allowance = { most: number; seconds: number };

/** Counts one doing of a client. @returns seconds to wait; 0 when it was counted and may be done now */
export type ClientLimit = (client: string, what?: string) => number;

type Doing = { at: number; what: string | undefined };

/** Beyond so many clients the one that was longest quiet is forgotten: made-up addresses must not fill the memory. */
const mostClients = 10_000;

/**
 * A limit for each client, in the memory of this process; several processes allow their sum. `what` names the doing:
 * sent twice, it counts once. What is refused is not counted, so that waiting always ends.
 * @param now milliseconds of a clock that never goes back
 */
export function clientLimit(
  allowances: readonly Allowance[],
  now: () => number = () => performance.now(),
): ClientLimit {
  const clients = new Map<string, Doing[]>();
  const longest = Math.max(...allowances.map(({ seconds }) => seconds)) * 1000;
  return (client, what) => {
    const at = now();
    const recent = (clients.get(client) ?? []).filter((doing) => at - doing.at < longest);
    const isAgain = what !== undefined && recent.some((doing) => doing.what === what);
    const wait = isAgain ? 0 : Math.max(...allowances.map((allowance) => waitFor(allowance, recent, at)));
    if (wait > 0) return wait;
    // Taken out and put in again: a Map keeps its order, and the first is then the one longest quiet.
    clients.delete(client);
    clients.set(client, isAgain ? recent : [...recent, { at, what }]);
    const [quietest] = clients.keys();
    if (clients.size > mostClients && quietest !== undefined) clients.delete(quietest);
    return 0;
  };
}

/** Whole seconds until there is room for one more. */
function waitFor({ most, seconds }: Allowance, recent: readonly Doing[], at: number): number {
  const inTheWay = recent.at(-most);
  return inTheWay ? Math.max(0, Math.ceil(seconds - (at - inTheWay.at) / 1000)) : 0;
}
