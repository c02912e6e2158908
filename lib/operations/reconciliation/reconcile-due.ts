import { leaseDuePayments } from "@/db/queries/payments";
import type { PaymentRow } from "@/db/queries/orders";
import { isUnavailable } from "@/db/rows";
import type { Deps } from "../deps";
import { reconcilePayment } from "./reconcile-payment";

/** Longer than a resend and a status check together, time-outs included. */
const leaseMs = 30_000;

/**
 * Reconciles the payments that are due, a few at once. Any number of processes may run it: each leases different
 * payments.
 * @returns how many payments were due
 */
export async function reconcileDue(deps: Deps, limit = 4): Promise<number> {
  const now = deps.now();
  const lease = { now, until: new Date(now.getTime() + leaseMs) };
  const due = await leaseDuePayments(deps.db, { ...lease, which: "at_doku", limit });
  await Promise.all(due.map((payment) => reconcileSafely(deps, payment)));
  const neverInquired = await leaseDuePayments(deps.db, {
    ...lease,
    which: "never_inquired",
    limit: maxExpired,
  });
  for (const payment of neverInquired) await reconcileSafely(deps, payment);
  return due.length + neverInquired.length;
}

/**
 * Bills that DOKU never inquired about expire without a call, one after another, to leave the database room for others.
 */
const maxExpired = 100;

/** A payment that fails must not stop the others. Its lease runs out, and it is due again. */
const reconcileSafely = (deps: Deps, payment: PaymentRow): Promise<unknown> =>
  reconcilePayment(deps, payment).catch((error: unknown) =>
    deps.log(isUnavailable(error) ? "warn" : "error", "reconcile_failed", {
      invoice: payment.invoiceNumber,
      error,
    }),
  );
