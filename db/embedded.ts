import { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { chmod } from "node:fs/promises";
import path from "node:path";
import type { Database } from "./database";
import { lockFolder } from "./embedded-lock";
import * as schema from "./schema";

declare global {
  /** Next loads this module several times in one process; the folder can be opened once. */
  var kodeBayarEmbedded: Map<string, Promise<Database>> | undefined;
}

/** Opens a folder once per process; later calls get the same database. */
export function openEmbedded(folder: string): Promise<Database> {
  const opened = (globalThis.kodeBayarEmbedded ??= new Map());
  const key = path.resolve(folder);
  const known = opened.get(key);
  if (known) return known;
  const opening = openFolder(key, () => opened.delete(key));
  opened.set(key, opening);
  opening.catch(() => opened.delete(key));
  return opening;
}

async function openFolder(folder: string, onClose: () => void): Promise<Database> {
  const unlock = await lockFolder(folder);
  try {
    // Orders of people: closed to other users of the machine, also when the folder was there before.
    await chmod(folder, 0o700);
    const client = await PGlite.create({ dataDir: folder });
    const stopCheckpoints = startCheckpoints(client);
    return embeddedDatabase(client, async () => {
      stopCheckpoints();
      onClose();
      await unlock();
    });
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** PostgreSQL's default. */
const checkpointIntervalMs = 5 * 60_000;

/**
 * PGlite has no background processes, so without this it would never make a checkpoint: its log would grow as long as
 * the process lives, and would be replayed from the start after a crash.
 */
function startCheckpoints(client: PGlite): () => void {
  const timer = setInterval(() => {
    if (!client.closed) client.exec("checkpoint").catch(() => undefined);
  }, checkpointIntervalMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** Wraps an open PGlite as a `Database`. */
export function embeddedDatabase(client: PGlite, afterClose: () => Promise<void>): Database {
  const db = drizzle({ client, schema });
  const close = async () => {
    if (!client.closed) await client.close();
    await afterClose();
  };
  let closing: Promise<void> | undefined;
  return {
    db,
    kind: "embedded",
    listen: async (channel, onMessage) => {
      const stop = await client.listen(channel, onMessage);
      return () => stop();
    },
    notify: async (channel, payload) => {
      await db.execute(sql`select pg_notify(${channel}, ${payload})`);
    },
    ping: async () => {
      await db.execute(sql`select 1`);
    },
    applyMigrations: (folder) => migrate(db, { migrationsFolder: folder }),
    close: () => (closing ??= close()),
  };
}
