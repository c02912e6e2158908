import type { PaymentStatus } from "./payment";

/** All durations are in milliseconds. */
const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;
const days = 24 * hours;

/** DOKU allows no more than one status check a minute for one payment (docs/doku-protocol.md#14-open-questions). */
export const minCheckIntervalMs = minutes;

/** The earliest moment for the next status check of a payment. @param checkedAt the last one */
export const getEarliestCheck = (checkedAt: Date | null): Date =>
  new Date((checkedAt?.getTime() ?? 0) + minCheckIntervalMs);

/**
 * Pauses before the same create request is sent again while its outcome is unknown
 * (docs/threats-and-invariants.md#f6).
 */
const resendPausesMs = [2, 4, 8, 15, 30].map((pause) => pause * seconds);

/** Keeps this pause however long an outage lasts: an outcome must be known within 90 s of DOKU being back. */
const maxResendPauseMs = 30 * seconds;

/**
 * After the code's time: at once, then after each of DOKU's retries of a notification. DOKU's pages disagree whether the
 * last retry comes at 12 h or at 17 h 30 (docs/doku-protocol.md#13-contradictions, row 19), so both are covered; then
 * daily for a week.
 */
const horizonsAfterExpiryMs = [
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

/** While a code runs for days: DOKU stops retrying a notification within 18 hours, so a lost one needs a check. */
const dailyCheckMs = days;

/** After an inquiry about a self-hosted bill: it is paid within minutes, or not at all. */
const horizonsAfterInquiryMs = [65 * seconds, 5 * minutes, 30 * minutes, 1 * hours, 13 * hours, 18 * hours];

/** DOKU notifies no refund, only a status check shows it; Indodana allows returns within thirty days. */
const horizonsAfterPaidMs = [1, 3, 7, 14, 21, 31].map((day) => day * days);

/**
 * After an end without money, because money can still come: FAILED is not final, and a till can be faster than a
 * cancel.
 */
const horizonsAfterCloseMs = [65 * seconds, 5 * minutes, 1 * hours, 6 * hours, 13 * hours, 18 * hours];

export type WatchedPayment = {
  status: PaymentStatus;
  /** How often the create request has been sent without a usable answer. */
  tries: number;
  expiresAt: Date | undefined;
  closedAt: Date | undefined;
  paidAt: Date | undefined;
  /** Whether DOKU's status may become REFUNDED later. */
  refunds: boolean;
  /** DOKU refused the request, so there is nothing to check. */
  refused: boolean;
  /** Of a self-hosted bill (DIPC): the last inquiry. DOKU does not know a bill before its first inquiry. */
  selfHosted: { inquiredAt: Date | undefined } | undefined;
};

/** When to resend a request that DOKU has not answered usably. @param tries how often it was sent */
export const resendAt = (tries: number, now: Date): Date =>
  new Date(now.getTime() + (resendPausesMs[tries] ?? maxResendPauseMs));

/** When to check a payment next; undefined when nothing is left to learn. */
export function nextCheckAt(payment: WatchedPayment, now: Date): Date | undefined {
  switch (payment.status) {
    case "requested":
      return resendAt(payment.tries, now);
    case "awaiting_payment":
      return findNextWhileAwaited(payment, now);
    case "expired":
    case "cancelled":
    case "failed":
      return payment.refused || isNeverInquired(payment)
        ? undefined
        : findNextHorizon(payment.closedAt, horizonsAfterCloseMs, now);
    case "paid":
      return payment.refunds ? findNextHorizon(payment.paidAt, horizonsAfterPaidMs, now) : undefined;
    case "refunded":
      return undefined;
  }
}

/** DOKU has never inquired about it, so it cannot have been paid. */
export const isNeverInquired = ({ selfHosted }: Pick<WatchedPayment, "selfHosted">): boolean =>
  selfHosted !== undefined && selfHosted.inquiredAt === undefined;

function findNextWhileAwaited({ expiresAt, selfHosted }: WatchedPayment, now: Date): Date | undefined {
  // It expires here without a status check. `now` when its time is already over, so that it is still checked once.
  if (isNeverInquired({ selfHosted }))
    return expiresAt && new Date(Math.max(expiresAt.getTime(), now.getTime()));
  const next = findNextHorizon(expiresAt, horizonsAfterExpiryMs, now);
  if (selfHosted) return earlier(next, findNextHorizon(selfHosted.inquiredAt, horizonsAfterInquiryMs, now));
  const tomorrow = new Date(now.getTime() + dailyCheckMs);
  return next && expiresAt && tomorrow < expiresAt ? tomorrow : next;
}

/** The first of two moments, either of which may be missing. */
export const earlier = (one: Date | undefined, other: Date | undefined): Date | undefined =>
  one && other ? (one < other ? one : other) : (one ?? other);

function findNextHorizon(start: Date | undefined, horizons: readonly number[], now: Date): Date | undefined {
  if (!start) return undefined;
  const next = horizons.map((horizon) => start.getTime() + horizon).find((time) => time > now.getTime());
  return next === undefined ? undefined : new Date(next);
}

/** A create request without a usable answer is given up after this long, and only when DOKU knows of no payment. */
export const giveUpAfterMs = 24 * hours;

/** Pause after a status check that failed, when no horizon comes sooner. */
export const outagePauseMs = hours;
