import "server-only";
import { openRuntimeOrExit, stopOnSignal } from "../process";
import { startSendingWebhooks } from "../webhooks/start-webhooks";
import { startReconciling } from "./reconcile-loop";

/** Reconciles due payments and sends webhooks in a process that serves no pages. */
export async function startWorker(): Promise<void> {
  const { deps, database, live } = await openRuntimeOrExit();
  const stops = [startReconciling(deps), startSendingWebhooks({ deps, live })];
  process.stdout.write(
    "The worker asks DOKU about payments that are due, and sends webhooks. Stop it with Ctrl-C.\n",
  );
  stopOnSignal(async () => {
    await Promise.all(stops.map((stop) => stop()));
    await database.close();
  });
}
