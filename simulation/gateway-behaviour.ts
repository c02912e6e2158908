import type { Random } from "./random";

/**
 * What nobody has written down about DOKU (docs/doku-protocol.md#14-open-questions), drawn anew for each schedule:
 * whatever the truth is, it must be among these worlds, and the promise must hold in all of them.
 */
export type Habits = {
  /** What the same Request-Id and bytes get the second time. */
  replay: "409" | "200" | "forgets";
  replaysRefusals: boolean;
  /** Whether a spoilt answer is spoilt again when it is replayed. */
  garbageSticks: boolean;
  /** How long a fresh code is 404 for the status. Seconds. */
  statusBlindFor: number;
  /** How long after a payment the status still says PENDING. Seconds. */
  statusLag: number;
  statusAfterTime: "EXPIRED" | "late EXPIRED" | "PENDING" | "404";
  statusOfDeleted: "PENDING" | "EXPIRED" | "404";
  statusHasIdentifiers: boolean;
  /** Whether the two ways to learn of a payment give it the same second. */
  statusDateShift: number;
  retryKeepsRequestId: boolean;
  retryKeepsTimestamp: boolean;
  retryKeepsIdentifiers: boolean;
  /** Hours after the first delivery; DOKU's two columns disagree about the last. */
  retriesAfter: readonly number[];
  /** How long after its time the till may still finish a payment that was begun before. Seconds. */
  tillLinger: number;
  dates: "utc" | "local" | "none";
  amount: "number" | "text" | "decimals";
  /** Whether any acquirer's id comes with a payment. */
  hasIdentifiers: boolean;
  prettyPrinted: boolean;
  tellsExpired: boolean;
  tellsFailedForCodes: boolean;
  /** DOKU's clock against ours. Seconds. */
  skew: number;
  /** While its secret is being changed, DOKU signs with the old one now and then. */
  signsWithPrevious: boolean;
};

export function drawHabits(random: Random): Habits {
  return {
    replay: random.weighted({ "409": 6, "200": 2, forgets: 2 }),
    replaysRefusals: random.chance(0.5),
    garbageSticks: random.chance(0.2),
    statusBlindFor: random.pick([0, 0, 30, 90]),
    statusLag: random.pick([0, 0, 0, 90, 600]),
    statusAfterTime: random.weighted({ EXPIRED: 6, "late EXPIRED": 2, PENDING: 1, "404": 1 }),
    statusOfDeleted: random.pick(["PENDING", "EXPIRED", "404"]),
    statusHasIdentifiers: random.chance(0.5),
    statusDateShift: random.pick([0, 0, 1]),
    retryKeepsRequestId: random.chance(0.5),
    retryKeepsTimestamp: random.chance(0.5),
    retryKeepsIdentifiers: random.chance(0.8),
    retriesAfter: random.pick([
      [0.5, 6, 12],
      [0.5, 6, 17.5],
    ]),
    tillLinger: random.pick([0, 60, 1200]),
    dates: random.pick(["utc", "local", "none"]),
    amount: random.weighted({ number: 6, text: 1, decimals: 2 }),
    hasIdentifiers: random.chance(0.8),
    prettyPrinted: random.chance(0.2),
    tellsExpired: random.chance(0.2),
    tellsFailedForCodes: random.chance(0.3),
    skew: random.pick([0, 0, -45, 120, 240]),
    signsWithPrevious: random.chance(0.3),
  };
}
