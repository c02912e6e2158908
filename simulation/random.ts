import { createHash } from "node:crypto";

/** Random numbers from a seed, the same on every machine (mulberry32). */
export type Random = {
  /** At least 0 and less than 1. */
  next(): number;
  chance(probability: number): boolean;
  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number;
  pick<T>(values: readonly T[]): T;
  /** Picks a key by its weight. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K;
  bytes(count: number): Uint8Array;
  uuid(): string;
};

/** @param seed any text; generators with different seeds are independent */
export function createRandom(seed: string): Random {
  let state = createHash("sha256").update(seed).digest().readUInt32LE(0);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const bytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, () => whole(0, 255));
  return {
    next,
    whole,
    bytes,
    chance: (probability) => next() < probability,
    pick: (values) => getAt(values, whole(0, values.length - 1)),
    weighted: (weights) => pickWeighted(weights, next()),
    uuid: () => toUuid(bytes(16)),
  };
}

function getAt<T>(values: readonly T[], index: number): T {
  const value = values[index];
  if (value === undefined) throw new RangeError("the list is empty");
  return value;
}

function pickWeighted<K extends string>(weights: Readonly<Record<K, number>>, drawn: number): K {
  const entries = typedEntries(weights);
  let left = drawn * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [key, weight] of entries) if ((left -= weight) < 0) return key;
  return getAt(entries, entries.length - 1)[0];
}

/** `Object.entries` with the type of the keys. */
export const typedEntries = <K extends string, V>(record: Readonly<Record<K, V>>): [K, V][] =>
  Object.entries(record) as [K, V][];

function toUuid(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString("hex");
  const variant = "89ab"[(bytes[8] ?? 0) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
