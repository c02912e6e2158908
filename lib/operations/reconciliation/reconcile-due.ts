import { leaseDuePayments } from "@/db/queries/payments";
import type { PaymentRow } from "@/db/queries/orders";
import type { Deps } from "../deps";
import { reconcilePayment } from "./reconcile-payment";

/** Longer than a resend and a status check together, time-outs included. Milliseconds. */
const leaseFor = 30_000;

/**
 * Asks DOKU about the payments whose time has come, a handful at once. Any number of processes may run it: each leases
 * payments that no other has.
 * @returns how many it took, so that a caller with a backlog comes back at once
 */
export async function reconcileDue(deps: Deps, limit = 4): Promise<number> {
  const now = deps.now();
  const lease = { now, until: new Date(now.getTime() + leaseFor) };
  const asked = await leaseDuePayments(deps.db, { ...lease, which: "asked", limit });
  await Promise.all(asked.map((payment) => reconcileSafely(deps, payment)));
  const untold = await leaseDuePayments(deps.db, { ...lease, which: "untold", limit: mostEnded });
  for (const payment of untold) await reconcileSafely(deps, payment);
  return asked.length + untold.length;
}

/** Bills that end by themselves, one after another: DOKU has no part in it, and the database keeps room for others. */
const mostEnded = 100;

/** One payment that cannot be asked about must not keep the others waiting; its lease runs out, and it comes again. */
const reconcileSafely = (deps: Deps, payment: PaymentRow): Promise<unknown> =>
  reconcilePayment(deps, payment).catch((error: unknown) =>
    deps.log("reconcile_failed", { invoice: payment.invoiceNumber, error }),
  );
