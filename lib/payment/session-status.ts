import type { PaymentStatus } from "./payment";

/** What became of a checkout session, as the merchant's own program sees it. */
export const sessionStatuses = ["open", "paid", "expired", "cancelled", "refunded"] as const;
export type SessionStatus = (typeof sessionStatuses)[number];

type SessionState = {
  paidAt: Date | null;
  expiredAt: Date | null;
  cancelledAt: Date | null;
  payments: readonly { status: PaymentStatus }[];
};

/**
 * Money comes first: a session that ended and was paid afterwards is paid, and DOKU may report a refund before the payment
 * itself. The list of sessions has the same rule in SQL (db/queries/sessions.ts).
 */
export function toSessionStatus({ paidAt, expiredAt, cancelledAt, payments }: SessionState): SessionStatus {
  const has = (wanted: PaymentStatus) => payments.some(({ status }) => status === wanted);
  if (has("refunded") && !has("paid")) return "refunded";
  if (paidAt) return "paid";
  if (cancelledAt) return "cancelled";
  return expiredAt ? "expired" : "open";
}

type SessionTimes = Pick<SessionState, "expiredAt" | "cancelledAt"> & { expiresAt: Date };

/** How a session ended: its time is up, or the shop ended it. undefined while a payment may be started. */
export function toSessionEnd(session: SessionTimes, now: Date): "expired" | "cancelled" | undefined {
  if (session.cancelledAt) return "cancelled";
  return session.expiredAt || session.expiresAt <= now ? "expired" : undefined;
}

/** A payment may be started: the session is open, and its time is not up. */
export const takesPayments = (session: SessionTimes, now: Date): boolean =>
  toSessionEnd(session, now) === undefined;
