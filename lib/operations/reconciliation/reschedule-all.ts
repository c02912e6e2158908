import { bringChecksForward } from "@/db/queries/payments";
import { sweptPerSecond } from "@/db/queries/status-check-pace";
import type { Deps } from "../deps";

/** Programs that are restarted one after another do not each ask about everything. Milliseconds. */
const askedLately = 10 * 60_000;

/**
 * Makes every payment due that waits for money: nobody knows how long nobody was here to be told, or how old the backup is
 * that was restored. Asking takes its time, as always; who waits for a code is not kept waiting by it.
 */
export async function sweep(deps: Deps): Promise<void> {
  const now = deps.now();
  const uncheckedSince = new Date(now.getTime() - askedLately);
  await bringChecksForward(deps.db, { now, uncheckedSince, perSecond: sweptPerSecond });
}
