import { moneyCaseKinds } from "@/lib/payment/case-kind";
import type { CaseKind } from "@/lib/payment/case-kind";
import type { EmailSubject } from "@/lib/operations/emails/load-email-subject";
import { findOffered } from "./checks-final";
import type { TakenEmail } from "./mail-server";
import { contact } from "./shopper-actions";
import { takeEmailSnapshot, takeSnapshot } from "./snapshot";
import type { EmailRecord, Snapshot } from "./snapshot";
import { invariant } from "./trial";
import type { Trial } from "./trial";

/** A code that a shopper is written about is the one that the page offers at that moment. */
export async function checkWritten({ db, clockMs, depth }: Trial, subject: EmailSubject): Promise<void> {
  // While another operation waits, it may change the order at the same moment.
  if (depth > 1 || (subject.kind !== "code_made" && subject.kind !== "code_ending")) return;
  const { payments, orders } = await takeSnapshot(db);
  const order = orders.find(({ id }) => id === subject.orderId);
  const offered = findOffered(payments, subject.orderId);
  const isOffered =
    offered !== undefined &&
    offered.payment_code === subject.code?.digits &&
    Date.parse(offered.expires_at ?? "") === subject.code?.expiresAt.getTime() &&
    Date.parse(offered.expires_at ?? "") > clockMs &&
    (order?.paid_at === null || offered.reusable);
  invariant(isOffered, "an e-mail names a code only while it may be paid", { subject, offered, order });
}

/** What must hold once the mail server has taken everything: who paid was told so, and no one else. */
export async function checkEmails(trial: Trial): Promise<void> {
  const [snapshot, emails] = [await takeSnapshot(trial.db), await takeEmailSnapshot(trial.db)];
  const { taken } = trial.mail;
  for (const one of taken) checkTaken(snapshot, emails, one);
  const ids = new Set(taken.map(({ id }) => id));
  for (const one of emails) {
    invariant(one.status !== "pending", "no e-mail is left waiting", one);
    invariant(
      one.status !== "sent" || ids.has(one.id),
      "an e-mail counts as sent only when it was taken",
      one,
    );
  }
  checkReceiptsTold(snapshot, emails);
}

/** True when it was written, and of what never becomes untrue. */
function checkTaken(
  { payments, receipts, events, cases }: Snapshot,
  emails: readonly EmailRecord[],
  { id, to, kind, orderId }: TakenEmail,
): void {
  const row = emails.find((one) => one.id === id);
  invariant(row?.kind === kind && row.order_id === orderId, "an e-mail that was taken is on record", { id });
  invariant(to === contact.email, "an e-mail goes to the shopper of its order", { id, to });
  const about = (one: { payment_id: string | null }) => one.payment_id === row.payment_id;
  const hasCode = payments.some((one) => one.id === row.payment_id && one.payment_code !== null);
  const grounds: Record<string, boolean> = {
    code_made: hasCode,
    code_ending: hasCode,
    paid: receipts.some(about),
    under_review: cases.some(
      (one) => one.order_id === orderId && moneyCaseKinds.includes(one.kind as CaseKind),
    ),
    refunded: events.some((one) => about(one) && one.to_status === "refunded"),
  };
  invariant(grounds[kind] === true, `an e-mail says ${kind} only where it is so`, row);
}

/** Each receipt of a reusable code, and the payment of any other. A refund that came before the e-mail takes its place. */
function checkReceiptsTold({ payments, receipts, events }: Snapshot, emails: readonly EmailRecord[]): void {
  for (const { id, payment_id } of receipts) {
    const payment = payments.find((one) => one.id === payment_id);
    const occasion = payment?.reusable ? id : "";
    const told = emails.filter(
      (one) => one.payment_id === payment_id && one.kind === "paid" && one.occasion === occasion,
    );
    const wasRefunded = events.some((one) => one.payment_id === payment_id && one.to_status === "refunded");
    const isTold = told.some(({ status }) => status === "sent" || status === "failed");
    invariant(isTold || wasRefunded, "who paid is told so by e-mail", { payment, told });
  }
}
