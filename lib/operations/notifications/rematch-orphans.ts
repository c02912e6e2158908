import { recordMatch } from "@/db/queries/payment-updates";
import { listMatchableOrphans } from "@/db/queries/notifications";
import type { MatchableOrphan } from "@/db/queries/notifications";
import { isUnavailable } from "@/db/rows";
import { parseMoment } from "@/lib/doku/moment";
import { paymentIdentity, parseTransactionReport } from "@/lib/doku/transaction-report";
import { InvoiceNumber } from "@/lib/payment/invoice-number";
import { applyPaymentUpdate } from "./apply-payment-update";
import { scheduleCheck } from "../reconciliation/schedule-check";
import type { Deps } from "../deps";
import { toPaymentUpdate } from "./to-payment-update";
import { needsConfirmation } from "./needs-confirmation";

/**
 * Applies orphans whose invoice number is known by now: the order was restored from a backup, or came from another
 * installation with the same credentials, or our code had failed on the message. One failure does not stop the others.
 * @returns how many were matched with a payment
 */
export async function rematchOrphans(deps: Deps, limit = 100): Promise<number> {
  const orphans = await listMatchableOrphans(deps.db, limit);
  let matched = 0;
  for (const orphan of orphans) {
    try {
      if (await rematch(deps, orphan)) matched += 1;
    } catch (error) {
      if (isUnavailable(error)) throw error;
      deps.log("error", "orphan_not_applied", { error, notification: orphan.id });
    }
  }
  return matched;
}

async function rematch(deps: Deps, orphan: MatchableOrphan): Promise<boolean> {
  const reading = parseTransactionReport(orphan.body);
  if (reading.outcome === "unreadable") return false;
  const { report } = reading;
  const invoiceNumber = InvoiceNumber.parse(report.invoiceNumber);
  const identity = paymentIdentity(report);
  const sentAt = parseMoment(orphan.headers["Request-Timestamp"] ?? "");
  const asked = { invoice: invoiceNumber, identity };
  if (await needsConfirmation(deps, asked, { sentAt, receivedAt: orphan.receivedAt }))
    return leaveToStatusCheck(deps, orphan, invoiceNumber);
  const applied = await applyPaymentUpdate(deps, {
    invoiceNumber,
    update: toPaymentUpdate(report, { source: "notification", identity, arrivedAt: orphan.receivedAt }),
    identifiers: report.identifiers,
    delivery: undefined,
    orphan: orphan.id,
  });
  return applied.outcome === "decided";
}

/** A stale orphan waits for a status check, as it would have if its order had been known when it came. */
async function leaveToStatusCheck(
  deps: Deps,
  { id }: MatchableOrphan,
  invoice: InvoiceNumber,
): Promise<boolean> {
  const checked = await scheduleCheck(deps, invoice);
  if (!checked) return false;
  const verdict = { verdict: "ignored", reason: "waits_for_check" } as const;
  await recordMatch(deps.db, {
    ...verdict,
    notificationId: id,
    paymentId: checked.paymentId,
    at: deps.now(),
  });
  return true;
}
