import { findPayment, leasePayment } from "@/db/queries/payments";
import type { PaymentRow } from "@/db/queries/orders";
import { InvoiceNumber } from "@/lib/payment/invoice-number";
import { scheduleCheck } from "./schedule-check";
import type { Deps } from "../deps";
import { reconcilePayment } from "./reconcile-payment";
import type { ReconcileResult } from "./reconcile-payment";

export type CheckPayment =
  | { outcome: "asked"; payment: PaymentRow }
  /** A limit is reached, or a check is running: the check will be made by reconciliation. */
  | { outcome: "later"; payment: PaymentRow }
  /** DOKU gave no usable answer; its error is stored with the payment. */
  | { outcome: "unanswered"; payment: PaymentRow }
  | { outcome: "not_found" };

/** Longer than a resend and a status check together, time-outs included. */
const leaseMs = 30_000;

/** Checks one payment at DOKU, whatever its state: one that has ended or was superseded may have been paid since. */
export async function checkPayment(deps: Deps, invoice: string): Promise<CheckPayment> {
  const invoiceNumber = InvoiceNumber.safeParse(invoice);
  const found = invoiceNumber.success ? await scheduleCheck(deps, invoiceNumber.data) : undefined;
  const payment = found && (await findPayment(deps.db, found.paymentId));
  if (!payment) return { outcome: "not_found" };
  const now = deps.now();
  const isDue = payment.nextCheckAt !== null && payment.nextCheckAt <= now;
  const leased = isDue
    ? await leasePayment(deps.db, payment.id, now, new Date(now.getTime() + leaseMs))
    : undefined;
  if (!leased) return { outcome: "later", payment };
  const outcome = toOutcome(await reconcilePayment(deps, leased, "manual"));
  return { outcome, payment: (await findPayment(deps.db, payment.id)) ?? payment };
}

function toOutcome(reconciled: ReconcileResult): "asked" | "later" | "unanswered" {
  switch (reconciled?.outcome) {
    case "postponed":
      return "later";
    case "unknown":
      return "unanswered";
    default:
      return "asked";
  }
}
