import { listMatchableOrphans } from "@/db/notifications";
import { paymentIdentity, readNotice } from "../doku/notice";
import { InvoiceNumber } from "../payment/invoice-number";
import { applyFact } from "./apply-fact";
import type { Deps } from "./deps";
import { factOf } from "./fact-of-notice";

/**
 * Tries orphans again whose invoice we know by now: the order came back with a backup, or was made by another
 * installation on the same credentials.
 * @returns how many found their payment
 */
export async function rematchOrphans(deps: Deps, limit = 100): Promise<number> {
  const orphans = await listMatchableOrphans(deps.db, limit);
  for (const { id, body } of orphans) {
    const reading = readNotice(body);
    if (reading.outcome === "unreadable") continue;
    const { notice } = reading;
    await applyFact(deps, {
      invoiceNumber: InvoiceNumber.parse(notice.invoiceNumber),
      fact: factOf(notice, { source: "notification", identity: paymentIdentity(notice) }),
      identifiers: notice.identifiers,
      delivery: undefined,
      orphan: id,
    });
  }
  return orphans.length;
}
