import "server-only";
import { findDurabilityFaults } from "@/db/durability";
import { parsePostgresUrl } from "@/db/postgres-url";
import { getRuntime } from "./deps";
import type { Runtime } from "./deps";
import { parseSettings } from "./env/settings";
import { log } from "./log";

/** A stop takes no longer than this. */
const stopTimeoutMs = 10_000;

/** Checks the settings and opens everything, or prints all problems and ends the process. */
export async function openRuntimeOrExit(): Promise<Runtime> {
  const read = parseSettings(process.env);
  if (read.outcome === "wrong") return exitWithProblems("These settings stop the start:", read.problems);
  try {
    const { databaseUrl, databaseOwnerUrl } = read.settings;
    for (const [setting, url] of Object.entries({
      DATABASE_URL: databaseUrl,
      DATABASE_OWNER_URL: databaseOwnerUrl,
    })) {
      const ignored = url === undefined ? [] : parsePostgresUrl(url).ignored;
      if (ignored.length > 0)
        log("warn", "database_parameters_ignored", { setting, ignored: ignored.join(", ") });
    }
    const runtime = await getRuntime();
    const mustBeDurable = read.settings.livemode;
    const faults = mustBeDurable ? await findDurabilityFaults(runtime.deps.db) : [];
    return faults.length > 0 ? exitWithProblems("This database is not fit for production:", faults) : runtime;
  } catch (error) {
    return exitWithProblems("The server cannot start:", [
      error instanceof Error ? error.message : String(error),
    ]);
  }
}

/**
 * A production build without settings would show the demo shop to the world, and trust anyone who signs with the
 * simulator's public key. `npm start` chooses the try-it mode by name, with a key that it makes.
 */
export function exitUnlessModeIsChosen(env: Record<string, string | undefined>): void {
  const problems = findModeProblems(env);
  if (problems.length > 0) exitWithProblems("These settings stop the start:", problems);
}

export function findModeProblems(env: Record<string, string | undefined>): string[] {
  const [mode, key] = [env["DOKU_ENVIRONMENT"]?.trim(), env["SIMULATOR_SECRET_KEY"]?.trim()];
  if (env["NODE_ENV"] !== "production") return [];
  if (!mode)
    return ["DOKU_ENVIRONMENT must be set: production or sandbox (npm start tries things out without it)"];
  if (mode !== "simulator" || key) return [];
  return ["SIMULATOR_SECRET_KEY is needed with the simulator: its usual key is public (npm start makes one)"];
}

function exitWithProblems(title: string, sentences: string[]): never {
  process.stderr.write(`\n${title}\n${sentences.map((sentence) => `  - ${sentence}\n`).join("")}\n`);
  process.exit(1);
}

/** Ends the process gracefully on a signal: running work is finished first, within the time-out. */
export function stopOnSignal(finish: () => Promise<void>): void {
  const stop = async () => {
    setTimeout(() => process.exit(1), stopTimeoutMs).unref();
    await finish();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop());
}
