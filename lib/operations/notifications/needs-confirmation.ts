import { findSnapshots } from "@/db/snapshots";
import type { Deps } from "../deps";

/**
 * A message this old or this far ahead is believed only once DOKU confirms it
 * (docs/decisions/006-old-notifications-wait-for-a-status-check.md). Milliseconds.
 */
const oldest = 24 * 60 * 60 * 1000;
const furthestAhead = 5 * 60 * 1000;

type Asked = Parameters<typeof findSnapshots>[1][number];
/** `sentAt` is DOKU's own word, undefined when it cannot be read. */
type Times = { sentAt: Date | undefined; receivedAt: Date };

/**
 * Whether a message is out of its time, and a status check can say as much as it does. A check names one payment at most,
 * so that of a code that was paid already, or can be paid many times, only messages tell the next. Told twice, each is
 * still counted once.
 */
export async function needsConfirmation(
  deps: Pick<Deps, "db">,
  asked: Asked,
  times: Times,
): Promise<boolean> {
  if (!isOutOfTime(times)) return false;
  const [found] = await findSnapshots(deps.db, [asked]);
  return found === undefined || (!found.payment.reusable && found.receiptCount === 0);
}

const isOutOfTime = ({ sentAt, receivedAt }: Times): boolean =>
  sentAt !== undefined &&
  (receivedAt.getTime() - sentAt.getTime() > oldest ||
    sentAt.getTime() - receivedAt.getTime() > furthestAhead);
