import { reconcileDue } from "@/lib/operations/reconciliation/reconcile-due";
import { checkStep } from "./checks";
import { deliverNotification } from "./notifications";
import { takeSnapshot } from "./snapshot";
import type { PaymentRecord, Snapshot } from "./snapshot";
import { invariant } from "./trial";
import type { Process, Trial } from "./trial";

/** So soon after DOKU is back every unknown outcome must be known (I8). */
const knownWithinSeconds = 91;
const secondMs = 1000;

/**
 * Stops all faults and advances the clock until no payment is due for a check. Without `withNotifications`, DOKU's pending
 * notifications never arrive.
 */
export async function quiesce(
  trial: Trial,
  snapshot: Snapshot,
  withNotifications: boolean,
): Promise<Snapshot> {
  trial.interleave = undefined;
  trial.doku.faultProbability = 0;
  const since = trial.clockMs;
  const worker = trial.processes[1];
  if (!worker) throw new Error("no worker");
  let before = snapshot;
  let isKnown = false;
  for (let round = 0; ; round++) {
    invariant(round < 600, "I8 the checks come to an end", before.payments.map(toSummary));
    const next = findNextMoment(trial, before, withNotifications);
    if (!isKnown && (next === undefined || next > since + knownWithinSeconds * secondMs)) {
      isKnown = true;
      checkOutcomesKnown(trial, before);
    }
    if (next === undefined) return before;
    // An outcome that stays unknown is checked for a day: after 60 rounds the clock moves in larger steps.
    trial.clockMs = Math.max(trial.clockMs, next) + (round > 60 ? 600 * secondMs : 1);
    if (withNotifications) await deliverDue(trial, worker);
    while ((await reconcileDue(worker.deps)) > 0);
    const after = await takeSnapshot(trial.db);
    checkStep(trial, before, after);
    before = after;
  }
}

const toSummary = ({ invoice_number, status, next_check_at }: PaymentRecord) => [
  invoice_number,
  status,
  next_check_at,
];

/** The next moment at which a payment is due, DOKU retries, or a till finishes. */
function findNextMoment(
  { pendingNotifications, doku, behaviour }: Trial,
  { payments }: Snapshot,
  withNotifications: boolean,
): number | undefined {
  const due = payments
    .filter(({ next_check_at }) => next_check_at !== null)
    .map((row) => Math.max(Date.parse(row.next_check_at ?? ""), Date.parse(row.leased_until ?? "") || 0));
  const retries = withNotifications
    ? pendingNotifications.flatMap(({ dueAt }) => (dueAt === undefined ? [] : [dueAt]))
    : [];
  const now = doku.ledger.now().getTime();
  const landing = [...doku.ledger.bills.values()]
    .flatMap((bill) => bill.payments)
    .flatMap(({ landsAt }) =>
      landsAt && landsAt.getTime() > now ? [landsAt.getTime() - behaviour.clockSkewSeconds * secondMs] : [],
    );
  const moments = [...due, ...retries, ...landing];
  return moments.length === 0 ? undefined : Math.min(...moments);
}

async function deliverDue(trial: Trial, worker: Process): Promise<void> {
  for (const notification of trial.pendingNotifications) {
    const isDue = notification.dueAt !== undefined && notification.dueAt <= trial.clockMs;
    if (!isDue) continue;
    const verdict = await deliverNotification(trial, worker, notification);
    trial.trace.push(`  delivered ${notification.bill.invoice} ${notification.status}: ${verdict}`);
    invariant(!verdict.startsWith("rejected"), "a signed notification is never rejected", verdict);
  }
}

/** I8: DOKU has been back for a while, so every outcome is known. */
function checkOutcomesKnown({ behaviour }: Trial, { payments, changes, cases }: Snapshot): void {
  const isStuck = behaviour.replay === "forgets" || behaviour.repeatsGarbage;
  for (const payment of payments) {
    const hasCase = cases.some(({ payment_id }) => payment_id === payment.id);
    invariant(
      payment.status !== "requested" || isStuck || hasCase,
      `I8 an unknown outcome is known ${knownWithinSeconds} s after DOKU is back`,
      payment,
    );
  }
  for (const change of changes)
    invariant(
      change.status !== "requested",
      `I8 a change is settled ${knownWithinSeconds} s after DOKU is back`,
      change,
    );
}
