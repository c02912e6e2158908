import { rescheduleUnchecked } from "@/db/queries/payments";
import { rescheduledPerSecond } from "@/db/queries/status-check-pace";
import type { Deps } from "../deps";

/**
 * Payments that were checked this recently are left out, so that several restarts in a row do not check everything
 * again.
 */
const recentCheckMs = 10 * 60_000;

/**
 * Schedules a status check for every payment that awaits money, at a start: notifications may have been missed while
 * the app was down, or a backup may have been restored. The limits for status checks hold, and create requests go
 * first.
 */
export async function rescheduleAll(deps: Deps): Promise<void> {
  const now = deps.now();
  const uncheckedSince = new Date(now.getTime() - recentCheckMs);
  await rescheduleUnchecked(deps.db, { now, uncheckedSince, perSecond: rescheduledPerSecond });
}
