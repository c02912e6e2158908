import type { Rupiah } from "./rupiah";

/** A change of what a code asks for. `settledAt` is when DOKU said that it was made; undefined when nobody can be sure. */
export type AmountChange = { from: Rupiah; to: Rupiah; askedAt: Date; settledAt: Date | undefined };

/**
 * Whether DOKU made a change, or may have: an answer that was lost may have been a yes, and only a refusal of the first try
 * is a no.
 */
export const mayHaveBeenMade = ({ status, tries }: { status: string; tries: number }): boolean =>
  status !== "refused" || tries > 1;

/** DOKU dates a payment by its own clock, which may be as far from ours as a message's may. Milliseconds. */
const leeway = 5 * 60_000;

/**
 * Every amount that a till may rightly have asked for at a moment: between the asking for a change and DOKU's answer
 * nobody can say which of the two it was.
 * @param changes those that DOKU made or may have made, oldest first
 */
export function amountsAt(current: Rupiah, changes: readonly AmountChange[], at: Date): Rupiah[] {
  const [first] = changes;
  const spans = [
    { amount: first?.from ?? current, since: -Infinity },
    ...changes.map(({ to, askedAt }) => ({ amount: to, since: askedAt.getTime() - leeway })),
  ];
  const time = at.getTime();
  return spans
    .filter(({ since }, place) => since <= time && time <= endOf(changes.slice(place)))
    .map(({ amount }) => amount);
}

/** When an amount stopped being asked for, at the latest: with the first change after it that was surely made. */
const endOf = (later: readonly AmountChange[]): number =>
  Math.min(...later.flatMap(({ settledAt }) => (settledAt ? [settledAt.getTime() + leeway] : [])));
