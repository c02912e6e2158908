import "server-only";
import { closeStreams } from "./live/event-stream";
import { finishRequests, watchRequests } from "./doku/open-requests";
import { openRuntimeOrExit, stopOnSignal } from "./process";
import { startReconciling } from "./jobs/reconcile-loop";
import { identifyRequests } from "./request-id";
import { ensureDemoOwner } from "./auth/session";
import { getSettings } from "./env/settings";

/** Leaves time to close the database within the ten seconds of a stop. Milliseconds. */
const finishTimeoutMs = 8_000;

/** Opens everything and starts the background work of a process that serves pages. */
export async function startServer(): Promise<void> {
  watchRequests();
  identifyRequests();
  const { deps, database } = await openRuntimeOrExit();
  await ensureDemoOwner();
  const stopReconciling = getSettings().reconcileInApp ? startReconciling(deps) : () => Promise.resolve();
  // Next ends the process as soon as its requests are done, which would cut off what else is under way.
  for (const signal of ["SIGTERM", "SIGINT"]) process.removeAllListeners(signal);
  stopOnSignal(async () => {
    closeStreams();
    await Promise.all([stopReconciling(), finishRequests(finishTimeoutMs)]);
    await database.close();
  });
}
