import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import type { Database } from "./client";
import { createPool } from "./postgres-pool";
import { parsePostgresUrl } from "./postgres-url";
import { rightsOf } from "./rights";
import { failureCode } from "./rows";
import * as schema from "./schema";
import { createTimeoutSockets } from "./timeout-socket";

const OLDEST_VERSION = 15;
/** Any number, as long as every process of ours takes the same. */
const MIGRATION_LOCK = 5_633_221_904_417_003;

export type PostgresOptions = {
  url: string;
  /** Of the role that owns the tables and changes them; without it the one of `url` does both. */
  ownerUrl?: string | undefined;
  poolSize?: number | undefined;
  preparedStatements?: boolean | undefined;
  acquireTimeoutMs?: number | undefined;
};

/** Opens a pool and checks the server behind it. A server that goes away later is found again without a restart. */
export async function connectPostgres(options: PostgresOptions): Promise<Database> {
  const { url, ownerUrl, poolSize = 10, preparedStatements = true, acquireTimeoutMs } = options;
  const client = open(url, { connection: { ...session, ...limits }, ...forQueries(), max: poolSize });
  const listeners = new Set<postgres.Sql>();
  try {
    await refuseUnfitServer(client);
  } catch (error) {
    await client.end({ timeout: 0 });
    throw explain(error, client);
  }
  const pool = createPool(client, {
    maxConnections: poolSize,
    prepare: preparedStatements,
    acquireTimeoutMs,
  });
  const db = drizzle({ client: pool.client, schema });
  return {
    db,
    kind: "postgres",
    listen: async (channel, onMessage, onReconnect) => {
      const listener = await startListening(url, { channel, onMessage, onReconnect });
      listeners.add(listener);
      return async () => {
        listeners.delete(listener);
        await listener.end({ timeout: 0 });
      };
    },
    notify: async (channel, payload) => {
      await db.execute(sql`select pg_notify(${channel}, ${payload})`);
    },
    ping: async () => {
      await db.execute(sql`select 1`);
    },
    applyMigrations: async (folder) => {
      await migrateAlone({ url: ownerUrl ?? url, role: ownerUrl && (await roleOf(client)) }, folder);
      if (ownerUrl) await assertAppendOnlyRole(client);
    },
    close: async () => {
      await Promise.all([...listeners].map((listener) => listener.end({ timeout: 0 })));
      // postgres.js itself would wait for queries that ended with their connection.
      await pool.semaphore.drain(5_000);
      await client.end({ timeout: 0 });
    },
  };
}

/**
 * What the code relies on, whatever was set for the database or its users: how dates, bytes and intervals are written,
 * what a backslash means, and what one transaction sees of another.
 */
const session = {
  application_name: "kode-bayar",
  DateStyle: "ISO, MDY",
  TimeZone: "UTC",
  IntervalStyle: "postgres",
  bytea_output: "hex",
  extra_float_digits: 1,
  standard_conforming_strings: "on",
  transform_null_equals: "off",
  default_transaction_isolation: "read committed",
};

const connection = {
  connection: session,
  connect_timeout: 3,
  /** postgres.js lets it grow to 20 s, and a query waits for it: a server that is back would look down that long. */
  backoff: (failures: number) => Math.min(0.05 * (failures + 1), 0.5),
  onnotice: () => undefined,
} satisfies postgres.Options<Record<string, never>>;

/** Longer than every limit of the server's own, so that a connection this silent is a dead one. */
const SILENCE_MS = 15_000;

/**
 * A server that is gone without a word (a cable, a firewall) would keep every connection for a quarter of an hour.
 * Idle connections are closed before, in good order.
 */
const forQueries = () => ({ socket: createTimeoutSockets(SILENCE_MS), idle_timeout: 10 });

/** A listener receives nothing for hours, and that is as it should be. */
const forListening = () => ({ socket: createTimeoutSockets(0) });

const limits = {
  statement_timeout: 5_000,
  lock_timeout: 2_000,
  idle_in_transaction_session_timeout: 10_000,
  /** Statements stay prepared while tables grow: a plan made on ten rows must not read ten million one by one. */
  random_page_cost: 1.1,
};

function open(address: string, options: postgres.Options<Record<string, never>>): postgres.Sql {
  const { url, host, ssl } = parsePostgresUrl(address);
  return postgres(url, { ...connection, ...(host && { host }), ...(ssl && { ssl }), ...options });
}

async function refuseUnfitServer(client: postgres.Sql): Promise<void> {
  const [server] = await client<{ version: string; number: number; commit: string; encoding: string }[]>`
    select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
      current_setting('synchronous_commit') as commit, current_setting('server_encoding') as encoding`;
  if (!server || server.number < OLDEST_VERSION * 10_000) {
    throw new Error(
      `PostgreSQL ${server?.version} is too old: Kode Bayar needs PostgreSQL ${OLDEST_VERSION} or newer.`,
    );
  }
  if (server.encoding !== "UTF8") {
    throw new Error(
      `This database is encoded in ${server.encoding}, which cannot hold every name: create one with encoding UTF8.`,
    );
  }
  if (server.commit === "off") {
    throw new Error(
      "This PostgreSQL has synchronous_commit off, so it could forget a payment it has confirmed. " +
        "Turn it on for the user or the database of DATABASE_URL.",
    );
  }
}

/** Names the server without its user or password. */
function explain(error: unknown, client: postgres.Sql): unknown {
  const { host, port } = client.options;
  const code = failureCode(error);
  if (!code?.startsWith("E") && !code?.startsWith("CONNECT")) return error;
  const server = host.map((name, index) => `${name}:${port[index] ?? port[0]}`).join(", ");
  return new Error(`PostgreSQL at ${server} cannot be reached (${code}).`, { cause: error });
}

type Listening = { channel: string; onMessage: (payload: string) => void; onReconnect: () => void };

/** On a connection of its own, which is taken up again after every loss, however long it lasted. */
async function startListening(url: string, { channel, onMessage, onReconnect }: Listening) {
  const listener = open(url, { ...forListening(), max: 1 });
  let heard = false;
  try {
    await listener.listen(channel, onMessage, () => {
      if (heard) onReconnect();
      heard = true;
    });
  } catch (error) {
    await listener.end({ timeout: 0 });
    throw error;
  }
  return listener;
}

async function roleOf(client: postgres.Sql): Promise<string | undefined> {
  const [session] = await client<{ role: string }[]>`select current_user as role`;
  return session?.role;
}

/** A superuser or the owner of the tables can change history whatever it was granted. */
async function assertAppendOnlyRole(client: postgres.Sql): Promise<void> {
  const [found] = await client<{ role: string; mighty: boolean }[]>`
    select current_user as role, has_table_privilege('receipts', 'update, delete, truncate') as mighty`;
  if (!found?.mighty) return;
  throw new Error(
    `The user "${found.role}" of DATABASE_URL can change history. With DATABASE_OWNER_URL it must be a user of its ` +
      "own that is no superuser and owns no table.",
  );
}

/** In one transaction: another process that is serving must not be without its rights for a moment. */
async function grant(tx: postgres.TransactionSql, role: string): Promise<void> {
  for (const statement of rightsOf(role)) await tx.unsafe(statement);
}

/** A newer program that runs beside this one has tables of its own, and the rights on them are not to be taken back. */
async function isNewest(client: postgres.Sql, folder: string): Promise<boolean> {
  const own = readMigrationFiles({ migrationsFolder: folder }).map(({ folderMillis }) => folderMillis);
  const [applied] = await client<{ newest: number }[]>`
    select max(created_at)::float8 as newest from drizzle.__drizzle_migrations`;
  return applied === undefined || applied.newest <= Math.max(...own);
}

/**
 * One connection holds the lock in an open transaction, the other migrates: two processes that start together do not
 * collide, and a killed one leaves no lock behind. A lock of the transaction also works through a pooler. A role that is
 * named gets its rights in the same turn, the ones on new tables too.
 */
async function migrateAlone(
  { url, role }: { url: string; role: string | undefined },
  folder: string,
): Promise<void> {
  const turn = open(url, { max: 1 });
  const client = open(url, { max: 1 });
  try {
    await turn.begin(async (held) => {
      await held`set local lock_timeout = '60s'`;
      await held`set local statement_timeout = 0`;
      await held`set local idle_in_transaction_session_timeout = 0`;
      await held`select pg_advisory_xact_lock(${MIGRATION_LOCK})`;
      await migrate(drizzle({ client }), { migrationsFolder: folder });
      if (role && (await isNewest(client, folder))) await client.begin((tx) => grant(tx, role));
    });
  } finally {
    await Promise.all([turn.end({ timeout: 1 }), client.end({ timeout: 1 })]);
  }
}
