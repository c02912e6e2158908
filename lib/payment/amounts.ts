import type { Rupiah } from "./rupiah";

/** A change of a code's amount. `settledAt`: when DOKU confirmed it; undefined while it is unconfirmed. */
export type AmountChange = { from: Rupiah; to: Rupiah; askedAt: Date; settledAt: Date | undefined };

/**
 * Whether DOKU made a change, or may have made it. A lost answer may have been a yes, so only a refusal of the first try
 * proves that nothing changed.
 */
export const mayHaveBeenMade = ({ status, tries }: { status: string; tries: number }): boolean =>
  status !== "refused" || tries > 1;

/** DOKU dates a payment by its own clock, which may differ from this machine's. */
const leewayMs = 5 * 60_000;

/**
 * Every amount that a till may rightly have asked for at a moment. Between a change request and DOKU's answer either
 * amount may have been in force.
 * @param changes those that DOKU made or may have made, oldest first
 */
export function amountsAt(current: Rupiah, changes: readonly AmountChange[], at: Date): Rupiah[] {
  const [first] = changes;
  const spans = [
    { amount: first?.from ?? current, since: -Infinity },
    ...changes.map(({ to, askedAt }) => ({ amount: to, since: askedAt.getTime() - leewayMs })),
  ];
  const time = at.getTime();
  return spans
    .filter(({ since }, place) => since <= time && time <= getLatestEnd(changes.slice(place)))
    .map(({ amount }) => amount);
}

/** The latest moment an amount can have been in force: when the first confirmed change after it was made, in ms. */
const getLatestEnd = (later: readonly AmountChange[]): number =>
  Math.min(...later.flatMap(({ settledAt }) => (settledAt ? [settledAt.getTime() + leewayMs] : [])));
