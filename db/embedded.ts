import { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import path from "node:path";
import type { Database } from "./client";
import { lockFolder } from "./embedded-lock";
import * as schema from "./schema";

declare global {
  /** Next loads this module several times in one process; the folder can be opened once. */
  var kodeBayarEmbedded: Map<string, Promise<Database>> | undefined;
}

/** The same database for everyone in this process who asks for the same folder. */
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
    const client = await PGlite.create({ dataDir: folder });
    const endCheckpoints = startCheckpoints(client);
    return embeddedDatabase(client, async () => {
      endCheckpoints();
      onClose();
      await unlock();
    });
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** As often as PostgreSQL does by itself. Milliseconds. */
const checkpointEvery = 5 * 60_000;

/**
 * In here nothing runs beside the queries, so that nobody else would ever do it: the log would grow for as long as the
 * process lives, and be read from its beginning after a crash.
 */
function startCheckpoints(client: PGlite): () => void {
  const timer = setInterval(() => {
    if (!client.closed) client.exec("checkpoint").catch(() => undefined);
  }, checkpointEvery);
  timer.unref();
  return () => clearInterval(timer);
}

/** An open PGlite in the shape that the rest of the program knows. */
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
