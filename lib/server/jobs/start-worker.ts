import "server-only";
import { openRuntimeOrExit, stopOnSignal } from "../process";
import { startWork } from "./start-work";

/** Reconciles due payments and sends webhooks and e-mails in a process that serves no pages. */
export async function startWorker(): Promise<void> {
  const { deps, database, live } = await openRuntimeOrExit();
  const stops = startWork(deps, live);
  process.stdout.write(
    "The worker asks DOKU about payments that are due, and sends webhooks and e-mails. Stop it with Ctrl-C.\n",
  );
  stopOnSignal(async () => {
    await Promise.all(stops.map((stop) => stop()));
    await database.close();
  });
}
