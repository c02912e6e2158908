import "server-only";
import { openDoor } from "./doku/doku-door";
import { closeStreams } from "./live/event-stream";
import { finishRequests, watchRequests } from "./doku/open-requests";
import { openOrRefuse, refuseUnless, stopOnSignal } from "./process";
import { startReconciling } from "./jobs/reconcile-loop";
import { ensureDemoOwner } from "./auth/session";
import { getSettings } from "./env/settings";

/** Leaves time to close the database within the ten seconds of a stop. Milliseconds. */
const finishWithin = 8_000;

/** Opens everything and starts the background work of a process that serves pages. */
export async function startServer(): Promise<void> {
  watchRequests();
  refuseUnless(openDoor);
  const { deps, database } = await openOrRefuse();
  await ensureDemoOwner();
  const stopReconciling = getSettings().reconcileInApp ? startReconciling(deps) : () => Promise.resolve();
  stopOnSignal(async () => {
    // `next start` does not end while an event stream is open.
    closeStreams();
    await Promise.all([stopReconciling(), finishRequests(finishWithin)]);
    await database.close();
  });
}
