import { literal } from "@/db/rows";

/** A count that stops at a bound, so that it costs the same however many there are. */
export type BoundedCount = {
  /** At most `mostCounted`. */
  count: number;
  isMore: boolean;
};

export const mostCounted = 1000;

/** For queries that count. */
export const countLimit = literal(mostCounted + 1);

/** @param found how many rows a query found that was limited to one more than `mostCounted` */
export const toBoundedCount = (found: number): BoundedCount => ({
  count: Math.min(found, mostCounted),
  isMore: found > mostCounted,
});
