import { listMatchableOrphans } from "@/db/notifications";
import { isUnavailable } from "@/db/rows";
import { paymentIdentity, readNotice } from "../doku/notice";
import { InvoiceNumber } from "../payment/invoice-number";
import { applyFact } from "./apply-fact";
import type { Deps } from "./deps";
import { factOf } from "./fact-of-notice";

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
      deps.log("orphan_not_applied", { error, notification: orphan.id });
    }
  }
  return matched;
}

async function rematch(deps: Deps, { id, body }: { id: string; body: Uint8Array }): Promise<boolean> {
  const reading = readNotice(body);
  if (reading.outcome === "unreadable") return false;
  const { notice } = reading;
  const applied = await applyFact(deps, {
    invoiceNumber: InvoiceNumber.parse(notice.invoiceNumber),
    fact: factOf(notice, { source: "notification", identity: paymentIdentity(notice) }),
    identifiers: notice.identifiers,
    delivery: undefined,
    orphan: id,
  });
  return applied.outcome === "decided";
}
