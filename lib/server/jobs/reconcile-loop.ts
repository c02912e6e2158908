import "server-only";
import { deleteOldKeys } from "@/db/queries/idempotency";
import { deleteOldPhotos } from "@/db/queries/payment-claims";
import { deleteUnsigned } from "@/db/queries/unsigned";
import { fillSearchTerms } from "@/db/queries/search-fill";
import { deleteCounts } from "@/db/rate-limits";
import { fetchDueHowToPay } from "@/lib/operations/payments/fetch-how-to-pay";
import { endDueSessions } from "@/lib/operations/sessions/end-session";
import { reconcileDue } from "@/lib/operations/reconciliation/reconcile-due";
import { rematchOrphans } from "@/lib/operations/notifications/rematch-orphans";
import type { Deps } from "@/lib/operations/deps";
import { rescheduleAll } from "@/lib/operations/reconciliation/reschedule-all";
import { toPhotoLimit } from "@/lib/payment/payment-claim";
import { longestWindowMs } from "../limits/create-limits";
import { repeat } from "./repeat";

/** How often due payments are looked for. */
const reconcileIntervalMs = 1000;
/** How often codes are looked for that lack DOKU's payment steps; a shopper is reading our own text meanwhile. */
const howToPayIntervalMs = 1000;
/** Orphans rarely become matchable, for example after a backup was restored. */
const rematchIntervalMs = 60_000;
/** How often sessions are looked for whose time has passed. */
const endSessionsIntervalMs = 5_000;
/** How long the first answer to an `Idempotency-Key` is kept. */
const idempotencyLifeMs = 48 * 60 * 60 * 1000;
/** How long counts of messages without a valid signature are kept. */
const unsignedLifeMs = 30 * 24 * 60 * 60 * 1000;
/** After an update, orders from before the search by terms get theirs: a million in a quarter of an hour. */
const fillSearch = { intervalMs: 1000, atMost: 1000 };
/** How often expired counts of limits are deleted. */
const deleteCountsIntervalMs = 10 * 60_000;

/**
 * Reconciles due payments and fetches DOKU's payment steps until it is stopped; by default in the app, or in worker processes.
 * @returns a function that stops it, and resolves when running work is done
 */
export function startReconciling(deps: Deps): () => Promise<void> {
  const end = new AbortController();
  let isRescheduled = false;
  const reconcile = async () => {
    if (!isRescheduled) await rescheduleAll(deps);
    isRescheduled = true;
    return reconcileDue(deps);
  };
  let isSearchFilled = false;
  const fillSearchOnce = async () => {
    isSearchFilled ||= !(await fillSearchTerms(deps.db, fillSearch));
  };
  const running = [
    repeat(end.signal, { intervalMs: reconcileIntervalMs, what: "reconcile" }, reconcile),
    repeat(end.signal, { intervalMs: howToPayIntervalMs, what: "fetch_how_to_pay" }, () =>
      fetchDueHowToPay(deps),
    ),
    repeat(end.signal, { intervalMs: rematchIntervalMs, what: "rematch" }, () => rematchOrphans(deps)),
    repeat(end.signal, { ...fillSearch, what: "fill_search" }, fillSearchOnce),
    repeat(end.signal, { intervalMs: deleteCountsIntervalMs, what: "delete_counts" }, () =>
      deleteOldCounts(deps),
    ),
    repeat(end.signal, { intervalMs: endSessionsIntervalMs, what: "end_sessions" }, () =>
      endDueSessions(deps),
    ),
    repeat(end.signal, { intervalMs: deleteCountsIntervalMs, what: "delete_idempotency_keys" }, () =>
      deleteOldKeys(deps.db, { before: new Date(deps.now().getTime() - idempotencyLifeMs), most: 10_000 }),
    ),
    repeat(end.signal, { intervalMs: deleteCountsIntervalMs, what: "delete_unsigned" }, () =>
      deleteUnsigned(deps.db, { before: new Date(deps.now().getTime() - unsignedLifeMs) }),
    ),
    repeat(end.signal, { intervalMs: deleteCountsIntervalMs, what: "delete_claim_photos" }, () =>
      deleteOldPhotos(deps.db, { closedBefore: toPhotoLimit(deps.now()), most: 100 }),
    ),
  ];
  return async () => {
    end.abort();
    await Promise.all(running.map(({ ended }) => ended));
  };
}

const deleteOldCounts = ({ db, now }: Deps): Promise<void> =>
  deleteCounts(db, { beganBefore: new Date(now().getTime() - longestWindowMs) });
