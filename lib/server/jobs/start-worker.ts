import "server-only";
import { openRuntimeOrExit, stopOnSignal } from "../process";
import { startReconciling } from "./reconcile-loop";

/** Reconciles due payments in a process that serves no pages. */
export async function startWorker(): Promise<void> {
  const { deps, database } = await openRuntimeOrExit();
  const stopReconciling = startReconciling(deps);
  process.stdout.write("The worker asks DOKU about payments that are due. Stop it with Ctrl-C.\n");
  stopOnSignal(async () => {
    await stopReconciling();
    await database.close();
  });
}
