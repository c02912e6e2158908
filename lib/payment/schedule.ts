import type { PaymentStatus } from "./payment";

const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;
const days = 24 * hours;

/** DOKU allows no more than one status check a minute for one payment (docs/doku-protocol.md#14-open-questions). */
export const shortestPause = minutes;

/** From when on DOKU may be asked about a payment again. @param checkedAt when it was last asked */
export const mayCheckFrom = (checkedAt: Date | null): Date =>
  new Date((checkedAt?.getTime() ?? 0) + shortestPause);

/**
 * Pauses before the same create request is sent again while its outcome is unknown
 * (docs/threats-and-invariants.md#f6).
 */
const resendAfter = [2, 4, 8, 15, 30].map((pause) => pause * seconds);

/** However long an outage is: an unknown outcome must be known within 90 s of DOKU being back. */
const longestPause = 30 * seconds;

/**
 * After the code's time: at once, then past each of DOKU's own tries to notify. Its pages disagree whether the last one
 * comes at 12 h or at 17 h 30 (docs/doku-protocol.md#13-contradictions, row 19), so both are waited for; then daily for
 * a week.
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

/** While a code runs for days: DOKU gives up telling us of a payment within 18 hours. */
const whileWaiting = days;

/** After DOKU was told of a bill that waits here: it is paid within minutes, or not at all. */
const afterInquiry = [65 * seconds, 5 * minutes, 30 * minutes, 1 * hours, 13 * hours, 18 * hours];

/** No message tells of a refund, only a status does; Indodana itself takes back within thirty days. */
const afterPaid = [1, 3, 7, 14, 21, 31].map((day) => day * days);

/** After an end without money, in case money still comes: FAILED is not final, and a till can beat a cancel. */
const afterClose = [65 * seconds, 5 * minutes, 1 * hours, 6 * hours, 13 * hours, 18 * hours];

export type Watched = {
  status: PaymentStatus;
  /** How often the create request has been sent without a usable answer. */
  tries: number;
  expiresAt: Date | undefined;
  closedAt: Date | undefined;
  paidAt: Date | undefined;
  /** DOKU may say later that the money went back. */
  refunds: boolean;
  /** DOKU refused the request: there is nothing to watch. */
  refused: boolean;
  /** Of a bill that waits here for DOKU's inquiry: when it was last told of. DOKU knows of no other. */
  selfHosted: { inquiredAt: Date | undefined } | undefined;
};

/** When to send again what DOKU has not answered usably. @param tries how often it was sent */
export const resendAt = (tries: number, now: Date): Date =>
  new Date(now.getTime() + (resendAfter[tries] ?? longestPause));

/** When to ask DOKU next about a payment; undefined when nothing is left to learn. */
export function nextCheckAt(payment: Watched, now: Date): Date | undefined {
  switch (payment.status) {
    case "requested":
      return resendAt(payment.tries, now);
    case "awaiting_payment":
      return nextWhileAwaited(payment, now);
    case "expired":
    case "cancelled":
    case "failed":
      return payment.refused || isNeverInquired(payment)
        ? undefined
        : nextIn(payment.closedAt, afterClose, now);
    case "paid":
      return payment.refunds ? nextIn(payment.paidAt, afterPaid, now) : undefined;
    case "refunded":
      return undefined;
  }
}

/** Nobody can have paid it: DOKU has not heard of it. */
export const isNeverInquired = ({ selfHosted }: Pick<Watched, "selfHosted">): boolean =>
  selfHosted !== undefined && selfHosted.inquiredAt === undefined;

function nextWhileAwaited({ expiresAt, selfHosted }: Watched, now: Date): Date | undefined {
  // Its time ends it here and at once, so that a late look is a look all the same.
  if (isNeverInquired({ selfHosted }))
    return expiresAt && new Date(Math.max(expiresAt.getTime(), now.getTime()));
  const next = nextIn(expiresAt, afterExpiry, now);
  if (selfHosted) return earlier(next, nextIn(selfHosted.inquiredAt, afterInquiry, now));
  const tomorrow = new Date(now.getTime() + whileWaiting);
  return next && expiresAt && tomorrow < expiresAt ? tomorrow : next;
}

/** The first of two moments, either of which may be missing. */
export const earlier = (one: Date | undefined, other: Date | undefined): Date | undefined =>
  one && other ? (one < other ? one : other) : (one ?? other);

function nextIn(start: Date | undefined, horizons: readonly number[], now: Date): Date | undefined {
  if (!start) return undefined;
  const next = horizons.map((horizon) => start.getTime() + horizon).find((time) => time > now.getTime());
  return next === undefined ? undefined : new Date(next);
}

/** A create request that never got a usable answer is given up after this long, and only when DOKU knows of no payment. */
export const giveUpAfter = 24 * hours;

/** When DOKU could not be asked, and no horizon comes sooner. */
export const pauseInOutage = hours;
