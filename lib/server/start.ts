import "server-only";
import { closeStreams } from "./event-stream";
import { openOrRefuse, stopOnSignal } from "./process";
import { startReconciling } from "./reconcile-loop";
import { ensureDemoOwner } from "./session";
import { getSettings } from "./settings";

/** Opens everything and starts the background work of a process that serves pages. */
export async function startServer(): Promise<void> {
  const { deps, database } = await openOrRefuse();
  await ensureDemoOwner();
  const stopReconciling = getSettings().reconcileInApp ? startReconciling(deps) : () => Promise.resolve();
  stopOnSignal(async () => {
    // `next start` does not end while an event stream is open.
    closeStreams();
    await stopReconciling();
    await database.close();
  });
}
