import { findPayment, leasePayment } from "@/db/queries/payments";
import type { PaymentRow } from "@/db/queries/orders";
import { InvoiceNumber } from "@/lib/payment/invoice-number";
import { checkSoon } from "./schedule-check";
import type { Deps } from "../deps";
import { reconcilePayment } from "./reconcile-payment";
import type { Reconciled } from "./reconcile-payment";

export type CheckPayment =
  | { outcome: "asked"; payment: PaymentRow }
  /** DOKU was asked within the last minute, is being asked, or is asked enough this second: it will be by itself. */
  | { outcome: "later"; payment: PaymentRow }
  /** Asked, and DOKU gave no answer that can be used: its words are kept with the payment. */
  | { outcome: "unanswered"; payment: PaymentRow }
  | { outcome: "not_found" };

/** As long as a resend and a status check together, time-outs included. Milliseconds. */
const leaseFor = 30_000;

/** Asks DOKU about one payment, whatever its state: one that has ended, or was superseded, may have been paid since. */
export async function checkPayment(deps: Deps, invoice: string): Promise<CheckPayment> {
  const invoiceNumber = InvoiceNumber.safeParse(invoice);
  const found = invoiceNumber.success ? await checkSoon(deps, invoiceNumber.data) : undefined;
  const payment = found && (await findPayment(deps.db, found.paymentId));
  if (!payment) return { outcome: "not_found" };
  const now = deps.now();
  const isDue = payment.nextCheckAt !== null && payment.nextCheckAt <= now;
  const leased = isDue
    ? await leasePayment(deps.db, payment.id, now, new Date(now.getTime() + leaseFor))
    : undefined;
  if (!leased) return { outcome: "later", payment };
  const outcome = outcomeOf(await reconcilePayment(deps, leased, "byHand"));
  return { outcome, payment: (await findPayment(deps.db, payment.id)) ?? payment };
}

function outcomeOf(reconciled: Reconciled): "asked" | "later" | "unanswered" {
  switch (reconciled?.outcome) {
    case "postponed":
      return "later";
    case "unknown":
      return "unanswered";
    default:
      return "asked";
  }
}
