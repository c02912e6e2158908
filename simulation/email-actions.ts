import { leaseEmail } from "@/db/queries/emails";
import { deliverEmail, emailLeaseMs } from "@/lib/operations/emails/deliver-email";
import { toDueMs } from "./quiesce-shop";
import { takeEmailSnapshot } from "./snapshot";
import { invariant } from "./trial";
import type { Action, Process, Trial } from "./trial";
import { announceWritten } from "./webhook-jobs";

/** As the background job does: after a failure the rest waits for the next turn. @returns how many tries that was */
async function sendDueEmails({ deps, emails }: Process): Promise<number> {
  for (let tries = 0; ; tries++) {
    const now = deps.now();
    const leased = await leaseEmail(deps.db, { now, until: new Date(now.getTime() + emailLeaseMs) });
    if (!leased) return tries;
    const { outcome } = await deliverEmail(deps, emails, leased);
    if (outcome === "failed") return tries + 1;
  }
}

/** Usually right after e-mails were made, which wakes the job that sends them. */
export const sendEmails: Action = async ({ random }, process) => {
  const announced = random.chance(0.6) ? await announceWritten(process, 100) : 0;
  return `${announced} announced, ${await sendDueEmails(process)} tries`;
};

/** Sends what is left, with a mail server that takes everything. */
export async function quiesceEmails(trial: Trial): Promise<void> {
  const worker = trial.processes[1];
  if (!worker) throw new Error("no worker");
  trial.mail.faultProbability = 0;
  for (let round = 0; ; round++) {
    invariant(round < 200, "sending e-mails comes to an end", await takeEmailSnapshot(trial.db));
    await sendDueEmails(worker);
    const waiting = (await takeEmailSnapshot(trial.db)).filter(({ status }) => status === "pending");
    if (waiting.length === 0) return;
    const next = Math.min(...waiting.map(toDueMs));
    trial.clockMs = Math.max(trial.clockMs, next) + 1;
  }
}
