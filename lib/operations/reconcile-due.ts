import { leaseDuePayments } from "@/db/payments";
import type { Deps } from "./deps";
import { reconcilePayment } from "./reconcile-payment";

/** Longer than a resend and a status check together, time-outs included. Milliseconds. */
const leaseFor = 30_000;

/**
 * Asks DOKU about the payments whose time has come, a handful at once. Any number of processes may run it: each leases
 * payments that no other has.
 * @returns how many it took, so that a caller with a backlog comes back at once
 */
export async function reconcileDue(deps: Deps, limit = 5): Promise<number> {
  const now = deps.now();
  const due = await leaseDuePayments(deps.db, now, new Date(now.getTime() + leaseFor), limit);
  await Promise.all(
    due.map((payment) =>
      // One payment that cannot be asked about must not keep the others waiting; its lease runs out, and it comes again.
      reconcilePayment(deps, payment).catch((error: unknown) =>
        deps.log("reconcile_failed", { invoice: payment.invoiceNumber, error }),
      ),
    ),
  );
  return due.length;
}
