import "server-only";
import { deleteProcess, deleteProcesses, listProcesses, saveProcess } from "@/db/queries/processes";
import type { ProcessRow } from "@/db/queries/processes";
import type { Deps } from "../operations/deps";

type Context = Pick<Deps, "db" | "now" | "newId" | "log">;

const intervalMs = 30_000;
/** A process that was not seen for this long has ended. */
const lifeMs = 2 * 60_000;

/** The builds of all processes that are alive, each with when its first process started. */
export type RunningBuild = { build: string; since: Date };

export async function listRunningBuilds({ db, now }: Pick<Deps, "db" | "now">): Promise<RunningBuild[]> {
  const alive = await listProcesses(db, { seenSince: new Date(now().getTime() - lifeMs) });
  const builds = new Map<string, Date>();
  for (const { build, startedAt } of alive) if (!builds.has(build)) builds.set(build, startedAt);
  return [...builds].map(([build, since]) => ({ build, since }));
}

/**
 * Notes in the database that this process is alive, and warns in the log when another build works on the same database: a
 * page of one build asks the other for scripts that it does not have.
 * @returns a function that takes the note back
 */
export async function announceProcess(
  context: Context,
  build: string,
  everyMs = intervalMs,
): Promise<() => Promise<void>> {
  const { db, now, newId, log } = context;
  const own: ProcessRow = { id: newId(), build, startedAt: now(), seenAt: now() };
  const warned = new Set<string>([build]);
  const note = async () => {
    await saveProcess(db, { ...own, seenAt: now() });
    for (const other of await listRunningBuilds(context)) {
      if (warned.has(other.build)) continue;
      warned.add(other.build);
      log("warn", "another_build_runs", { own: build, other: other.build, since: other.since.toISOString() });
    }
    await deleteProcesses(db, { seenBefore: new Date(now().getTime() - 10 * lifeMs) });
  };
  const tryToNote = () => note().catch((error: unknown) => log("warn", "process_not_noted", { error }));
  await tryToNote();
  const timer = setInterval(() => void tryToNote(), everyMs).unref();
  return async () => {
    clearInterval(timer);
    await deleteProcess(db, own.id).catch(() => undefined);
  };
}
