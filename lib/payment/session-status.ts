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
 * Money comes first: a session that ended and was paid afterwards is paid. The list of sessions has the same rule in SQL
 * (db/queries/sessions.ts).
 */
export function toSessionStatus({ paidAt, expiredAt, cancelledAt, payments }: SessionState): SessionStatus {
  const has = (wanted: PaymentStatus) => payments.some(({ status }) => status === wanted);
  if (paidAt) return has("refunded") && !has("paid") ? "refunded" : "paid";
  if (cancelledAt) return "cancelled";
  return expiredAt ? "expired" : "open";
}

/** A payment may be started: the session is open, and its time is not up. */
export const takesPayments = (
  session: Pick<SessionState, "expiredAt" | "cancelledAt"> & { expiresAt: Date },
  now: Date,
): boolean => session.expiredAt === null && session.cancelledAt === null && session.expiresAt > now;
