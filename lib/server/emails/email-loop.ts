import "server-only";
import { deleteOldEmails, leaseEmail } from "@/db/queries/emails";
import type { Deps } from "@/lib/operations/deps";
import { deliverEmail, emailLeaseMs } from "@/lib/operations/emails/deliver-email";
import type { EmailParts } from "@/lib/operations/emails/deliver-email";
import { repeat } from "../jobs/repeat";
import { log } from "../log";

/** How often it looks without being woken, for reminders and retries that are due. */
const intervalMs = 1000;
/** How long it is on record which e-mails were sent. */
const emailLifeMs = 90 * 24 * 60 * 60 * 1000;
const deleteIntervalMs = 10 * 60_000;
/** What is left of the ten seconds of a stop is for the rest of the process. */
const finishMs = 5000;

const pause = (milliseconds: number) =>
  new Promise<void>((done) => void setTimeout(done, milliseconds).unref());

/**
 * Sends e-mails that are due, one after the other over one connection, until it is stopped. Nothing waits for it: a payment is
 * saved before there is an e-mail about it.
 * @returns `wake`, to look now, and `stop`, which resolves when the running e-mail is saved or takes too long
 */
export function startEmails({ deps, ...parts }: EmailParts & { deps: Deps }) {
  const end = new AbortController();
  const deliver = repeat(end.signal, { intervalMs, what: "send_emails" }, () =>
    deliverDue(deps, parts, end.signal),
  );
  const clean = repeat(end.signal, { intervalMs: deleteIntervalMs, what: "delete_emails" }, () =>
    deleteOldEmails(deps.db, { before: new Date(deps.now().getTime() - emailLifeMs), most: 5000 }),
  );
  const stop = async () => {
    end.abort();
    // A server that hangs must not hold up the stop: the lease runs out, and the e-mail is sent again.
    await Promise.race([Promise.all([deliver.ended, clean.ended]), pause(finishMs)]);
  };
  return { wake: deliver.wake, stop };
}

/** After a failure the rest waits for the next turn, so that a server that is away is not asked without a pause. */
async function deliverDue(deps: Deps, parts: EmailParts, end: AbortSignal): Promise<void> {
  while (!end.aborted) {
    const now = deps.now();
    const leased = await leaseEmail(deps.db, { now, until: new Date(now.getTime() + emailLeaseMs) });
    if (!leased) return;
    const result = await deliverEmail(deps, parts, leased);
    if (result.outcome !== "failed") continue;
    const { because, smtpCode } = result;
    log("warn", "email_failed", { emailId: leased.id, kind: leased.kind, because, smtpCode });
    return;
  }
}
