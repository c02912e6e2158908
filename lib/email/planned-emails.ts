import { moneyCaseKinds } from "../payment/case-kind";
import type { CaseKind } from "../payment/case-kind";
import type { PaymentStatus } from "../payment/payment";
import type { EmailKind } from "./email";
import { chooseReminderTime } from "./reminder-time";

/** Something that was written about a payment, as the outbox names it (db/schema/webhooks.ts). */
export type EmailCause =
  | {
      source: "payment_event";
      kind: string;
      from: PaymentStatus | null;
      to: PaymentStatus | null;
      at: Date;
      payment: { reusable: boolean; hasCode: boolean; expiresAt: Date | null } | undefined;
    }
  /** Money for a reusable code. */
  | { source: "receipt"; receiptId: string; at: Date }
  | { source: "case_opened"; kind: CaseKind; at: Date };

/** An e-mail to come. One of each kind and occasion is sent about a payment. */
export type PlannedEmail = { kind: EmailKind; occasion: string; dueAt: Date };

/** The e-mails that one change leads to, when its order has an address; none for most. */
export function planEmails(cause: EmailCause): PlannedEmail[] {
  switch (cause.source) {
    case "payment_event":
      return planForPayment(cause);
    case "receipt":
      return [{ kind: "paid", occasion: cause.receiptId, dueAt: cause.at }];
    case "case_opened":
      return moneyCaseKinds.includes(cause.kind) ? [now("under_review", cause.at)] : [];
  }
}

const now = (kind: EmailKind, at: Date): PlannedEmail => ({ kind, occasion: "", dueAt: at });

type PaymentCause = Extract<EmailCause, { source: "payment_event" }>;

function planForPayment({ kind, from, to, at, payment }: PaymentCause): PlannedEmail[] {
  if (!payment) return [];
  if (to === "awaiting_payment" && from !== to) {
    // Without a code the shopper is at the acquirer's page already.
    return payment.hasCode ? [now("code_made", at), ...planReminder(payment, at)] : [];
  }
  if (kind === "extended" || kind === "validity_changed" || kind === "amount_changed")
    return payment.hasCode ? planReminder(payment, at) : [];
  if (to === from) return [];
  // Each payment of a reusable code has a receipt of its own.
  if (to === "paid") return payment.reusable ? [] : [now("paid", at)];
  return to === "refunded" ? [now("refunded", at)] : [];
}

type Code = NonNullable<PaymentCause["payment"]>;

/** A code that is paid again and again is no errand with an end. */
function planReminder({ reusable, expiresAt }: Code, at: Date): PlannedEmail[] {
  const dueAt = expiresAt && !reusable ? chooseReminderTime(at, expiresAt) : undefined;
  return expiresAt && dueAt ? [{ kind: "code_ending", occasion: expiresAt.toISOString(), dueAt }] : [];
}
