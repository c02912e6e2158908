import type { EmailMessage, SendResult } from "@/lib/email/email";
import type { EmailSubject } from "@/lib/operations/emails/load-email-subject";
import type { WrittenEmail } from "@/lib/operations/emails/deliver-email";
import { countFault } from "./fault-counts";
import type { Trial } from "./trial";

/** What a shopper's mailbox has: one message, repetitions included. */
export type TakenEmail = {
  id: string;
  to: string;
  kind: string;
  orderId: string;
};

/** The mail server, and what it has taken. */
export type MailServer = { taken: TakenEmail[]; faultProbability: number };

const takenSilently = "takes it and times out";

/** What can go wrong. The numbers are weights. */
const faults = {
  ...{ unreachable: 2, timeout: 2, deferred: 2, rejected: 0.2, sign_in_refused: 0.5 },
  [takenSilently]: 3,
};

/** What the mail server is asked to send: the checks read it instead of a language. */
export function writeForChecks({ kind, orderId }: EmailSubject): WrittenEmail {
  const text = JSON.stringify({ kind, orderId });
  return { subject: kind, text, html: "", logo: undefined, unsubscribeUrl: undefined };
}

/** Takes a message unless something goes wrong, and answers. */
export function receiveEmail({ random, mail, faults: counts }: Trial, message: EmailMessage): SendResult {
  const fault = random.chance(mail.faultProbability) ? random.weighted(faults) : undefined;
  if (fault) countFault(counts, `mail server: ${fault}`);
  if (fault === undefined || fault === takenSilently) {
    const read: Pick<TakenEmail, "kind" | "orderId"> = JSON.parse(message.text);
    mail.taken.push({ id: message.id, to: message.to, ...read });
  }
  if (fault === undefined) return { outcome: "sent" };
  return {
    outcome: "failed",
    because: fault === takenSilently ? "timeout" : fault,
    smtpCode: undefined,
  };
}
