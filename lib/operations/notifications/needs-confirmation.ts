import { findSnapshots } from "@/db/snapshots";
import type { Deps } from "../deps";

/**
 * An older message, or one further in the future, is applied only after a status check confirms it
 * (docs/decisions/006-old-notifications-wait-for-a-status-check.md).
 */
const maxAgeMs = 24 * 60 * 60 * 1000;
const maxAheadMs = 5 * 60 * 1000;

type SnapshotKey = Parameters<typeof findSnapshots>[1][number];
/** `sentAt`: DOKU's timestamp; undefined when it cannot be parsed. */
type Times = { sentAt: Date | undefined; receivedAt: Date };

/**
 * Whether a message is stale and a status check can replace it. A status check reports one payment at most, so for a
 * code that has a receipt or is reusable only notifications report the next payment. A repeat is counted once anyway.
 */
export async function needsConfirmation(
  deps: Pick<Deps, "db">,
  key: SnapshotKey,
  times: Times,
): Promise<boolean> {
  if (!isStale(times)) return false;
  const [found] = await findSnapshots(deps.db, [key]);
  return found === undefined || (!found.payment.reusable && found.receiptCount === 0);
}

const isStale = ({ sentAt, receivedAt }: Times): boolean =>
  sentAt !== undefined &&
  (receivedAt.getTime() - sentAt.getTime() > maxAgeMs ||
    sentAt.getTime() - receivedAt.getTime() > maxAheadMs);
