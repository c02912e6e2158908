import { isOptedOut, saveEmail } from "@/db/queries/emails";
import type { LeasedEmail } from "@/db/queries/emails";
import type { EmailMessage, SendEmail, SendResult, SkipReason } from "@/lib/email/email";
import { hashAddress } from "@/lib/email/opt-out";
import { nextTryAt } from "@/lib/email/retries";
import { loadEmailSubject } from "./load-email-subject";
import type { EmailSubject } from "./load-email-subject";
import type { Deps } from "../deps";

type DeliverDeps = Pick<Deps, "db" | "now" | "random" | "settings">;

/** Longer than all patience with a mail server, so that no other process sends the same at the same time. */
export const emailLeaseMs = 180_000;

export type WrittenEmail = Pick<EmailMessage, "subject" | "text" | "html" | "logo" | "unsubscribeUrl">;

/** Puts into words what there is to say, in the shopper's language. */
export type WriteEmail = (subject: EmailSubject) => Promise<WrittenEmail>;

export type EmailParts = { write: WriteEmail; send: SendEmail };

/**
 * Sends one e-mail and saves what came of it, or skips it when there is nothing left to say. When the process ends in
 * between, the lease runs out and it is sent again with the same Message-ID.
 * @returns what became of it
 */
export async function deliverEmail(
  deps: DeliverDeps,
  { write, send }: EmailParts,
  leased: LeasedEmail,
): Promise<SendResult | { outcome: "skipped"; because: SkipReason }> {
  const subject = await loadEmailSubject(deps, leased);
  const because = "because" in subject ? subject.because : await findObjection(deps, subject);
  if (because || "because" in subject) return skip(deps, leased, because ?? "over");
  const { id, createdAt: at } = leased;
  const result = await send({ id, at, to: subject.address, ...(await write(subject)) });
  await (result.outcome === "sent"
    ? saveEmail(deps.db, leased, {
        ...{ status: "sent", reason: null, smtpCode: null },
        settledAt: deps.now(),
      })
    : saveFailure(deps, leased, result));
  return result;
}

/** Only reminders can be declined: the other e-mails say what became of the shopper's money. */
async function findObjection({ db }: DeliverDeps, subject: EmailSubject): Promise<SkipReason | undefined> {
  const isDeclined = subject.kind === "code_ending" && (await isOptedOut(db, hashAddress(subject.address)));
  return isDeclined ? "opted_out" : undefined;
}

async function skip({ db, now }: DeliverDeps, leased: LeasedEmail, because: SkipReason) {
  await saveEmail(db, leased, { status: "skipped", reason: because, settledAt: now() });
  return { outcome: "skipped", because } as const;
}

type Failure = Extract<SendResult, { outcome: "failed" }>;

async function saveFailure(
  deps: DeliverDeps,
  leased: LeasedEmail,
  { because, smtpCode }: Failure,
): Promise<void> {
  const failedAt = deps.now();
  const chance = (deps.random(1)[0] ?? 0) / 255;
  const dueAt = because === "rejected" ? undefined : nextTryAt(leased.tries, failedAt, chance);
  const next = dueAt ? { dueAt } : ({ status: "failed", settledAt: failedAt } as const);
  await saveEmail(deps.db, leased, { ...next, reason: because, smtpCode: smtpCode ?? null, failedAt });
}
