import "server-only";
import { randomBytes, randomUUID } from "node:crypto";
import { connectDatabase } from "@/db/client";
import type { Database } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { seedProducts } from "@/db/queries/products";
import { withBreaker } from "../doku/breaker";
import { createDokuClient } from "../doku/client";
import type { Deps } from "../operations/deps";
import { addUnsignedCounts } from "@/db/queries/unsigned";
import { createLimits } from "./limits/create-limits";
import type { Limits } from "./limits/create-limits";
import { createUnsignedCounts } from "./limits/unsigned-counts";
import type { UnsignedCounts } from "./limits/unsigned-counts";
import { startAppearance } from "./appearance";
import { startLive } from "./live/live";
import type { Live } from "./live/live";
import { log } from "./log";
import { getSettings } from "./env/settings";

export type Runtime = {
  deps: Deps;
  database: Database;
  live: Live;
  limits: Limits;
  unsigned: UnsignedCounts;
};

declare global {
  /** Next loads this module several times in one process; there is one database, one client and one hub. */
  var kodeBayarRuntime: Promise<Runtime> | undefined;
}

/** Opens everything at the first call. After a failure the next call tries again. */
export function getRuntime(): Promise<Runtime> {
  if (globalThis.kodeBayarRuntime) return globalThis.kodeBayarRuntime;
  const opening = openRuntime();
  opening.catch(() => (globalThis.kodeBayarRuntime = undefined));
  return (globalThis.kodeBayarRuntime = opening);
}

export const getDeps = async (): Promise<Deps> => (await getRuntime()).deps;

async function openRuntime(): Promise<Runtime> {
  const settings = getSettings();
  const database = await connectDatabase(settings);
  await migrateDatabase(database);
  if (settings.demoShop) await seedProducts(database.db);
  const live = await startLive(database);
  await startAppearance(database);
  const limits = createLimits(database.db, settings);
  const unsigned = createUnsignedCounts({
    save: (counts) => addUnsignedCounts(database.db, counts),
    onFailure: (error) => log("warn", "unsigned_not_counted", { error }),
  });
  return { deps: createDeps({ database, live, limits, unsigned }), database, live, limits, unsigned };
}

function createDeps({ database, live, limits, unsigned }: Omit<Runtime, "deps">): Deps {
  const settings = getSettings();
  const now = () => new Date();
  return {
    db: database.db,
    doku: withBreaker(createDokuClient({ baseUrl: settings.dokuBaseUrl, keys: settings.keys, now }), now),
    keys: settings.keys,
    now,
    newId: randomUUID,
    random: randomBytes,
    publishOrderChanged: (orderId) => live.publishOrderChanged(orderId),
    countUnsigned: unsigned.add,
    allowInquiry: async (code) => ((await limits.inquiries?.take(code)) ?? 0) === 0,
    log,
    settings,
  };
}
