import { reconcileDue } from "@/lib/operations/reconciliation/reconcile-due";
import { checkStep } from "./checks";
import { tell } from "./notifications";
import { readPicture } from "./snapshot";
import type { PaymentLine, Picture } from "./snapshot";
import { must } from "./trial";
import type { Process, Trial } from "./trial";

/** However an outage was: what is unknown is known so many seconds after DOKU is back (I8). */
const knownWithin = 91;
const second = 1000;

/**
 * The faults stop, DOKU answers, and the clock goes on until nothing is left to ask. In half of the schedules no
 * notification arrives any more.
 */
export async function comeToRest(trial: Trial, picture: Picture, isTold: boolean): Promise<Picture> {
  trial.meanwhile = undefined;
  trial.doku.trouble = 0;
  const since = trial.clock;
  const worker = trial.processes[1];
  if (!worker) throw new Error("no worker");
  let before = picture;
  let isKnown = false;
  for (let round = 0; ; round++) {
    must(round < 600, "I8 asking comes to an end", before.payments.map(essence));
    const next = nextMoment(trial, before, isTold);
    if (!isKnown && (next === undefined || next > since + knownWithin * second)) {
      isKnown = true;
      checkKnown(trial, before);
    }
    if (next === undefined) return before;
    // What cannot be known is asked about for a day; after a while the trial looks in now and then only.
    trial.clock = Math.max(trial.clock, next) + (round > 60 ? 600 * second : 1);
    if (isTold) await tellDue(trial, worker);
    while ((await reconcileDue(worker.deps)) > 0);
    const after = await readPicture(trial.db);
    checkStep(trial, before, after);
    before = after;
  }
}

const essence = ({ invoice_number, status, next_check_at }: PaymentLine) => [
  invoice_number,
  status,
  next_check_at,
];

/** The next time anything has to happen: a payment is due, DOKU tries again, or a till finishes. */
function nextMoment(
  { notices, doku, habits }: Trial,
  { payments }: Picture,
  isTold: boolean,
): number | undefined {
  const due = payments
    .filter(({ next_check_at }) => next_check_at !== null)
    .map((row) => Math.max(Date.parse(row.next_check_at ?? ""), Date.parse(row.leased_until ?? "") || 0));
  const told = isTold ? notices.flatMap(({ dueAt }) => (dueAt === undefined ? [] : [dueAt])) : [];
  const now = doku.ledger.now().getTime();
  const landing = [...doku.ledger.bills.values()]
    .flatMap((bill) => bill.payments)
    .flatMap(({ landsAt }) =>
      landsAt && landsAt.getTime() > now ? [landsAt.getTime() - habits.skew * second] : [],
    );
  const moments = [...due, ...told, ...landing];
  return moments.length === 0 ? undefined : Math.min(...moments);
}

async function tellDue(trial: Trial, worker: Process): Promise<void> {
  for (const notice of trial.notices) {
    const isDue = notice.dueAt !== undefined && notice.dueAt <= trial.clock;
    if (!isDue) continue;
    const verdict = await tell(trial, worker, notice);
    trial.trace.push(`  told ${notice.bill.invoice} ${notice.status}: ${verdict}`);
    must(!verdict.startsWith("rejected"), "DOKU's signed word is never refused", verdict);
  }
}

/** I8: DOKU has been back for a while. What it can tell it has told. */
function checkKnown({ habits }: Trial, { payments, changes, cases }: Picture): void {
  const isStuck = habits.replay === "forgets" || habits.garbageSticks;
  for (const payment of payments) {
    const isForAPerson = cases.some(({ payment_id }) => payment_id === payment.id);
    must(
      payment.status !== "requested" || isStuck || isForAPerson,
      `I8 an unknown outcome is known ${knownWithin} s after DOKU is back`,
      payment,
    );
  }
  for (const change of changes)
    must(change.status !== "requested", `I8 a change is settled ${knownWithin} s after DOKU is back`, change);
}
