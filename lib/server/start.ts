import "server-only";
import { reconcileDue } from "../operations/reconcile-due";
import { getRuntime } from "./deps";
import type { Runtime } from "./deps";
import { closeStreams } from "./event-stream";
import { log } from "./log";
import { ensureDemoOwner } from "./session";
import { readSettings } from "./settings";

/** How often payments are looked for whose time to be asked about has come. Milliseconds. */
const reconcileEvery = 1000;
/** What a stop waits for at most. Milliseconds. */
const stopWithin = 10_000;

/** Checks the settings, opens the database and starts the background work; ends the process when it cannot. */
export async function startServer(): Promise<void> {
  const read = readSettings(process.env);
  if (read.outcome === "wrong") return refuse("These settings stop the start:", read.problems);
  try {
    const runtime = await getRuntime();
    await ensureDemoOwner();
    stopOnSignal(runtime, reconcileForever(runtime));
  } catch (error) {
    refuse("The server cannot start:", [error instanceof Error ? error.message : String(error)]);
  }
}

function refuse(title: string, sentences: string[]): void {
  process.stderr.write(`\n${title}\n${sentences.map((sentence) => `  - ${sentence}\n`).join("")}\n`);
  process.exit(1);
}

/** @returns a function that ends it, and resolves when what is under way is done */
function reconcileForever({ deps }: Runtime): () => Promise<void> {
  const stop = new AbortController();
  let wake = () => {};
  const loop = async () => {
    while (!stop.signal.aborted) {
      const taken = await reconcileDue(deps).catch((error: unknown) => {
        log("reconcile_due_failed", { error });
        return 0;
      });
      if (taken === 0) await new Promise<void>((done) => setTimeout((wake = done), reconcileEvery));
    }
  };
  const running = loop();
  return async () => {
    stop.abort();
    wake();
    await running;
  };
}

/** `next start` does not end while an event stream is open; we end the streams, finish, and go. */
function stopOnSignal({ database }: Runtime, stopReconciling: () => Promise<void>): void {
  const stop = async () => {
    setTimeout(() => process.exit(1), stopWithin).unref();
    closeStreams();
    await stopReconciling();
    await database.close();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop());
}
