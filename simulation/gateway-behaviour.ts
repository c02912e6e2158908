import type { Random } from "./random";

/**
 * What DOKU's documentation leaves open (docs/doku-protocol.md#14-open-questions), drawn at random for each schedule: the
 * invariants must hold for every combination.
 */
export type GatewayBehaviour = {
  /** The response to the same Request-Id and bytes sent again. */
  replay: "409" | "200" | "forgets";
  replaysRefusals: boolean;
  /** Whether a corrupted response is corrupted again when it is replayed. */
  repeatsGarbage: boolean;
  /** How long the status check answers 404 for a new code. */
  statusUnknownSeconds: number;
  /** How long after a payment the status check still says PENDING. */
  statusLagSeconds: number;
  statusAfterExpiry: "EXPIRED" | "late EXPIRED" | "PENDING" | "404";
  statusOfDeleted: "PENDING" | "EXPIRED" | "404";
  statusHasIdentifiers: boolean;
  /** By how much the payment date in a status check differs from the one in the notification. */
  statusDateShiftSeconds: number;
  retryKeepsRequestId: boolean;
  retryKeepsTimestamp: boolean;
  retryKeepsIdentifiers: boolean;
  /** After the first delivery; DOKU's documents disagree about the last. */
  retriesAfterHours: readonly number[];
  /** How long after the expiry a till may still finish a payment that it began before. */
  tillLingerSeconds: number;
  dates: "utc" | "local" | "none";
  amount: "number" | "text" | "decimals";
  /** Whether a payment carries identifiers of the acquirer. */
  hasIdentifiers: boolean;
  prettyPrinted: boolean;
  sendsExpired: boolean;
  sendsFailedForCodes: boolean;
  /** DOKU's clock minus ours. */
  clockSkewSeconds: number;
  /** While the secret is being rotated, DOKU sometimes signs with the old one. */
  signsWithPrevious: boolean;
};

export function drawBehaviour(random: Random): GatewayBehaviour {
  return {
    replay: random.weighted({ "409": 6, "200": 2, forgets: 2 }),
    replaysRefusals: random.chance(0.5),
    repeatsGarbage: random.chance(0.2),
    statusUnknownSeconds: random.pick([0, 0, 30, 90]),
    statusLagSeconds: random.pick([0, 0, 0, 90, 600]),
    statusAfterExpiry: random.weighted({ EXPIRED: 6, "late EXPIRED": 2, PENDING: 1, "404": 1 }),
    statusOfDeleted: random.pick(["PENDING", "EXPIRED", "404"]),
    statusHasIdentifiers: random.chance(0.5),
    statusDateShiftSeconds: random.pick([0, 0, 1]),
    retryKeepsRequestId: random.chance(0.5),
    retryKeepsTimestamp: random.chance(0.5),
    retryKeepsIdentifiers: random.chance(0.8),
    retriesAfterHours: random.pick([
      [0.5, 6, 12],
      [0.5, 6, 17.5],
    ]),
    tillLingerSeconds: random.pick([0, 60, 1200]),
    dates: random.pick(["utc", "local", "none"]),
    amount: random.weighted({ number: 6, text: 1, decimals: 2 }),
    hasIdentifiers: random.chance(0.8),
    prettyPrinted: random.chance(0.2),
    sendsExpired: random.chance(0.2),
    sendsFailedForCodes: random.chance(0.3),
    clockSkewSeconds: random.pick([0, 0, -45, 120, 240]),
    signsWithPrevious: random.chance(0.3),
  };
}
