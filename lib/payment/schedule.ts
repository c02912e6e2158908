import type { PaymentStatus } from "./payment";

const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;
const days = 24 * hours;

/** DOKU allows no more than one status check a minute for one payment (protocol part 14). */
export const shortestPause = minutes;

/** Pauses before the same create request is sent again while its outcome is unknown (reliability F6). */
const resendAfter = [2, 4, 8, 15, 30].map((pause) => pause * seconds);

/** However long an outage is: an unknown outcome must be known within 90 s of DOKU being back. */
const longestPause = 30 * seconds;

/**
 * After the code's time: at once, then past each of DOKU's own tries to notify. Its pages disagree whether the last one
 * comes at 12 h or at 17 h 30 (protocol part 13, row 19), so both are waited for; then daily for a week.
 */
const afterExpiry = [
  1 * seconds,
  65 * seconds,
  3 * minutes,
  10 * minutes,
  1 * hours,
  6 * hours,
  13 * hours,
  18 * hours,
  ...[2, 3, 4, 5, 6, 7, 8].map((day) => day * days),
];

/** After an end without money, in case money still comes: FAILED is not final, and a till can beat a cancel. */
const afterClose = [65 * seconds, 5 * minutes, 1 * hours, 6 * hours, 13 * hours, 18 * hours];

export type Watched = {
  status: PaymentStatus;
  /** How often the create request has been sent without a usable answer. */
  tries: number;
  expiresAt: Date | undefined;
  closedAt: Date | undefined;
  /** DOKU refused the request: there is nothing to watch. */
  refused: boolean;
};

/** When to ask DOKU next about a payment; undefined when nothing is left to learn. */
export function nextCheckAt(payment: Watched, now: Date): Date | undefined {
  switch (payment.status) {
    case "requested":
      return new Date(now.getTime() + (resendAfter[payment.tries] ?? longestPause));
    case "awaiting_payment":
      return nextIn(payment.expiresAt, afterExpiry, now);
    case "expired":
    case "cancelled":
    case "failed":
      return payment.refused ? undefined : nextIn(payment.closedAt, afterClose, now);
    case "paid":
    case "refunded":
      return undefined;
  }
}

function nextIn(start: Date | undefined, horizons: readonly number[], now: Date): Date | undefined {
  if (!start) return undefined;
  const next = horizons.map((horizon) => start.getTime() + horizon).find((time) => time > now.getTime());
  return next === undefined ? undefined : new Date(next);
}

/** A create request that never got a usable answer is given up after this long, and only when DOKU knows of no payment. */
export const giveUpAfter = 24 * hours;

/** When every horizon has passed and DOKU still cannot be asked. */
export const pauseInOutage = hours;
