import "server-only";
import { deleteCounts } from "@/db/rate-limits";
import { reconcileDue } from "@/lib/operations/reconciliation/reconcile-due";
import { rematchOrphans } from "@/lib/operations/notifications/rematch-orphans";
import type { Deps } from "@/lib/operations/deps";
import { rescheduleAll } from "@/lib/operations/reconciliation/reschedule-all";
import { longestWindowMs } from "../limits/create-limits";
import { failureLevel, log } from "../log";

/** How often payments are looked for whose time to be asked about has come. Milliseconds. */
const reconcileIntervalMs = 1000;
/** Orphans find their orders after a restored backup, which is rare. Milliseconds. */
const rematchIntervalMs = 60_000;
/** How often counts of limits are removed whose windows are over. Milliseconds. */
const deleteCountsIntervalMs = 10 * 60_000;

/**
 * Asks DOKU about what is due until it is told to end; in the app by default, or in processes of its own.
 * @returns a function that ends it, and resolves when what is under way is done
 */
export function startReconciling(deps: Deps): () => Promise<void> {
  const end = new AbortController();
  let isSwept = false;
  const reconcile = async () => {
    if (!isSwept) await rescheduleAll(deps);
    isSwept = true;
    return reconcileDue(deps);
  };
  const running = Promise.all([
    repeat(end.signal, { every: reconcileIntervalMs, what: "reconcile" }, reconcile),
    repeat(end.signal, { every: rematchIntervalMs, what: "rematch" }, () => rematchOrphans(deps)),
    repeat(end.signal, { every: deleteCountsIntervalMs, what: "delete_counts" }, () => deleteOldCounts(deps)),
  ]);
  return async () => {
    end.abort();
    await running;
  };
}

const deleteOldCounts = ({ db, now }: Deps): Promise<void> =>
  deleteCounts(db, { beganBefore: new Date(now().getTime() - longestWindowMs) });

type Repetition = { every: number; what: string };

/** At most one batch at a time and per interval, so that DOKU is asked no more than a handful of times a second. */
async function repeat(
  end: AbortSignal,
  { every, what }: Repetition,
  work: () => Promise<unknown>,
): Promise<void> {
  while (!end.aborted) {
    const startedAt = performance.now();
    await work().catch((error: unknown) => log(failureLevel(error), `${what}_failed`, { error }));
    await pause(Math.max(0, every - (performance.now() - startedAt)), end);
  }
}

const pause = (milliseconds: number, end: AbortSignal): Promise<void> =>
  new Promise((done) => {
    const finish = () => {
      clearTimeout(timer);
      end.removeEventListener("abort", finish);
      done();
    };
    const timer = setTimeout(finish, milliseconds);
    end.addEventListener("abort", finish);
    if (end.aborted) finish();
  });
