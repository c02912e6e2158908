/**
 * What shoppers are written about. `code_made`: a code for the counter. `code_ending`: a reminder before its time is up.
 * `under_review`: money came, and a person decides about it.
 */
export const emailKinds = ["code_made", "code_ending", "paid", "under_review", "refunded"] as const;
export type EmailKind = (typeof emailKinds)[number];

/** `skipped`: there was nothing left to write about when it was due, or the shopper wants no reminders. */
export const emailStatuses = ["pending", "sent", "failed", "skipped"] as const;
export type EmailStatus = (typeof emailStatuses)[number];

/** Why the mail server did not take one. `deferred` and `rejected` are its own answers: not now, and never. */
export const sendFailures = [
  "unreachable",
  "timeout",
  "insecure",
  "sign_in_refused",
  "deferred",
  "rejected",
] as const;
export type SendFailure = (typeof sendFailures)[number];

/** Why one was not sent: what it is about is over, or the order has no address any more. */
export const skipReasons = ["over", "opted_out", "no_address"] as const;
export type SkipReason = (typeof skipReasons)[number];

export const emailReasons = [...sendFailures, ...skipReasons] as const;
export type EmailReason = SendFailure | SkipReason;

/** Failures of the mail server as a whole, which every e-mail meets. */
export const serverFailures = ["unreachable", "timeout", "insecure", "sign_in_refused"] as const;

/** How the HTML of a message names its logo (RFC 2392). */
export const logoContentId = "logo@merchant";

/** One message, ready to be sent. Addresses are one each, never lists. */
export type EmailMessage = {
  /** The same at every try, so that a mailbox knows one that was sent twice. */
  id: string;
  at: Date;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** A PNG that the HTML shows at `cid:` and logoContentId, so that nothing is loaded from anywhere. */
  logo: Uint8Array | undefined;
  /** Where reminders are stopped with one POST (RFC 8058); only in reminders. */
  unsubscribeUrl: string | undefined;
};

export type SendResult =
  { outcome: "sent" } | { outcome: "failed"; because: SendFailure; smtpCode: number | undefined };

export type SendEmail = (message: EmailMessage) => Promise<SendResult>;
