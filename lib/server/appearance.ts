import "server-only";
import type { Database } from "@/db/client";
import type { Appearance } from "@/lib/appearance/appearance";
import { loadAppearance, toDefaultAppearance } from "@/lib/operations/appearance/load-appearance";
import { getSettings } from "./env/settings";
import { log } from "./log";

/**
 * How the merchant looks to shoppers, kept in memory: every page shows it, and it changes a few times a year. A page never
 * waits for it, and without the database it stays as it was.
 */
export type AppearanceCache = {
  get: () => Appearance;
  /** After a change: loads it here and tells the other processes. */
  publishChange: () => Promise<void>;
};

declare global {
  /** Next loads this module several times in one process. */
  var kodeBayarAppearance: AppearanceCache | undefined;
}

const channel = "appearance_changed";
/** For a process that missed a message. */
const maxAgeMs = 60_000;

/** Loads it, and again when any process has changed it. @throws when the database cannot be listened to */
export async function startAppearance(database: Database, now = Date.now): Promise<AppearanceCache> {
  const load = () => loadAppearance({ db: database.db, settings: getSettings() });
  let kept = await load();
  let loadedAt = now();
  const reload = async () => {
    // Before the query, so that while it runs no page starts another.
    loadedAt = now();
    kept = await load();
  };
  const reloadLater = () =>
    void reload().catch((error: unknown) => log("warn", "appearance_not_loaded", { error }));
  await database.listen(channel, reloadLater, reloadLater);
  const cache: AppearanceCache = {
    get: () => {
      if (now() - loadedAt > maxAgeMs) reloadLater();
      return kept;
    },
    publishChange: async () => {
      await reload();
      await database.notify(channel, "");
    },
  };
  return (globalThis.kodeBayarAppearance = cache);
}

/** For pages, also while the database has never been reached. */
export const getAppearance = (): Appearance =>
  globalThis.kodeBayarAppearance?.get() ?? toDefaultAppearance(getSettings());

/** After a change was stored: the next page of any process shows it. */
export const publishAppearanceChange = async (): Promise<void> =>
  globalThis.kodeBayarAppearance?.publishChange();
