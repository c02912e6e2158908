import { recordMatch } from "@/db/queries/payment-updates";
import { listMatchableOrphans } from "@/db/queries/notifications";
import type { MatchableOrphan } from "@/db/queries/notifications";
import { isUnavailable } from "@/db/rows";
import { readMoment } from "@/lib/doku/moment";
import { paymentIdentity, parseTransactionReport } from "@/lib/doku/transaction-report";
import { InvoiceNumber } from "@/lib/payment/invoice-number";
import { applyFact } from "./apply-payment-update";
import { checkSoon } from "../reconciliation/schedule-check";
import type { Deps } from "../deps";
import { toPaymentUpdate } from "./to-payment-update";
import { needsConfirmation } from "./needs-confirmation";

/**
 * Tries orphans again whose invoice we know by now: the order came back with a backup, or was made by another
 * installation on the same credentials, or our code failed on them. One that fails keeps none of the others waiting.
 * @returns how many found their payment
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
  const { notice } = reading;
  const invoiceNumber = InvoiceNumber.parse(notice.invoiceNumber);
  const identity = paymentIdentity(notice);
  const sentAt = readMoment(orphan.headers["Request-Timestamp"] ?? "");
  const asked = { invoice: invoiceNumber, identity };
  if (await needsConfirmation(deps, asked, { sentAt, receivedAt: orphan.receivedAt }))
    return leaveToCheck(deps, orphan, invoiceNumber);
  const applied = await applyFact(deps, {
    invoiceNumber,
    fact: toPaymentUpdate(notice, { source: "notification", identity }),
    identifiers: notice.identifiers,
    delivery: undefined,
    orphan: orphan.id,
  });
  return applied.outcome === "decided";
}

/** It came too late, or too early, to be believed without DOKU's word, as if its order had been there then. */
async function leaveToCheck(deps: Deps, { id }: MatchableOrphan, invoice: InvoiceNumber): Promise<boolean> {
  const checked = await checkSoon(deps, invoice);
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
