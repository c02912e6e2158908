import "server-only";
import { announceProcess } from "./announce-process";
import { readBuildId } from "./build-id";
import { limitConnections } from "./connection-limits";
import { ensureExample } from "./ensure-example";
import { closeStreams } from "./live/event-stream";
import { finishRequests, watchRequests } from "./doku/open-requests";
import { exitUnlessModeIsChosen, openRuntimeOrExit, stopOnSignal } from "./process";
import { identifyRequests } from "./request-id";
import { ensureDemoOwner } from "./auth/session";
import { getSettings } from "./env/settings";
import { startWork } from "./jobs/start-work";

/** Leaves time to close the database within the ten seconds of a stop. */
const finishTimeoutMs = 8_000;

/** Opens everything and starts background work, in a process that serves pages. */
export async function startServer(): Promise<void> {
  // What the embedded database writes is for this user alone, as the files of PostgreSQL are.
  process.umask(0o077);
  // `next dev` needs upgrades for its own connection to the browser.
  if (process.env.NODE_ENV === "production") limitConnections();
  watchRequests();
  identifyRequests();
  exitUnlessModeIsChosen(process.env);
  const { deps, database, live, unsigned } = await openRuntimeOrExit();
  await ensureDemoOwner();
  await ensureExample({ ...deps, settings: getSettings() });
  const stopAnnouncing = await announceProcess(deps, readBuildId());
  const stops = getSettings().reconcileInApp ? startWork(deps, live) : [];
  // Next would end the process as soon as requests are answered, and cut off other running work.
  for (const signal of ["SIGTERM", "SIGINT"]) process.removeAllListeners(signal);
  stopOnSignal(async () => {
    closeStreams();
    await Promise.all([stopAnnouncing(), ...stops.map((stop) => stop()), finishRequests(finishTimeoutMs)]);
    await unsigned.flush();
    await database.close();
  });
}
