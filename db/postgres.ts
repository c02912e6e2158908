import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import type { Database } from "./database";
import { createPool } from "./postgres-pool";
import { parsePostgresUrl } from "./postgres-url";
import { listGrants } from "./rights";
import { failureCode } from "./rows";
import * as schema from "./schema";
import { createTimeoutSockets } from "./timeout-socket";

const OLDEST_VERSION = 15;
/** An arbitrary number that all processes of the app share. */
const MIGRATION_LOCK = 5_633_221_904_417_003;

export type PostgresOptions = {
  url: string;
  /** For the role that owns the tables and migrates them; by default the role of `url`. */
  ownerUrl?: string | undefined;
  poolSize?: number | undefined;
  preparedStatements?: boolean | undefined;
  acquireTimeoutMs?: number | undefined;
};

/** Opens a pool and checks the server. After an outage it reconnects without a restart. */
export async function connectPostgres(options: PostgresOptions): Promise<Database> {
  const { url, ownerUrl, poolSize = 10, preparedStatements = true, acquireTimeoutMs } = options;
  const client = open(url, { connection: { ...session, ...limits }, ...forQueries(), max: poolSize });
  const listeners = new Set<postgres.Sql>();
  try {
    await assertServerIsSupported(client);
  } catch (error) {
    await client.end({ timeout: 0 });
    throw toConnectionError(error, client);
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
      await migrateUnderLock({ url: ownerUrl ?? url, role: ownerUrl && (await getRole(client)) }, folder);
      if (ownerUrl) await assertAppendOnlyRole(client);
    },
    close: async () => {
      await Promise.all([...listeners].map((listener) => listener.end({ timeout: 0 })));
      // postgres.js would also wait for queries whose connection is lost.
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
  default_transaction_isolation: "read committed" as const,
};

const connection = {
  connection: session,
  connect_timeout: 3,
  /** In seconds. By default it grows to 20 s, and queries wait for it although the server may be back. */
  backoff: (failures: number) => Math.min(0.05 * (failures + 1), 0.5),
  onnotice: () => undefined,
} satisfies postgres.Options<Record<string, never>>;

/** Longer than every time-out of the server, so that a connection this silent is dead. */
const SILENCE_MS = 15_000;

/**
 * When the network drops packets without an error, TCP would keep a dead connection for a quarter of an hour. Idle
 * connections are closed earlier.
 */
const forQueries = () => ({ socket: createTimeoutSockets(SILENCE_MS), idle_timeout: 10 });

/** A listening connection may rightly be silent for hours. */
const forListening = () => ({ socket: createTimeoutSockets(0) });

const limits = {
  statement_timeout: 5_000,
  lock_timeout: 2_000,
  idle_in_transaction_session_timeout: 10_000,
  /** Prepared plans are reused while tables grow, so the planner should prefer an index from the start. */
  random_page_cost: 1.1,
  /** Every statement is short: compiling its plan or starting workers for it takes longer than running it. */
  jit: "off",
  max_parallel_workers_per_gather: "0",
};

function open(address: string, options: postgres.Options<Record<string, never>>): postgres.Sql {
  const { url, host, ssl } = parsePostgresUrl(address);
  return postgres(url, { ...connection, ...(host && { host }), ...(ssl && { ssl }), ...options });
}

async function assertServerIsSupported(client: postgres.Sql): Promise<void> {
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

/** The message names the server without user and password. */
function toConnectionError(error: unknown, client: postgres.Sql): unknown {
  const { host, port } = client.options;
  const code = failureCode(error);
  if (!code?.startsWith("E") && !code?.startsWith("CONNECT")) return error;
  const server = host.map((name, index) => `${name}:${port[index] ?? port[0]}`).join(", ");
  return new Error(`PostgreSQL at ${server} cannot be reached (${code}).`, { cause: error });
}

type ListenOptions = { channel: string; onMessage: (payload: string) => void; onReconnect: () => void };

/** Listens on its own connection and reconnects after every loss. */
async function startListening(url: string, { channel, onMessage, onReconnect }: ListenOptions) {
  const listener = open(url, { ...forListening(), max: 1 });
  let isListening = false;
  try {
    await listener.listen(channel, onMessage, () => {
      if (isListening) onReconnect();
      isListening = true;
    });
  } catch (error) {
    await listener.end({ timeout: 0 });
    throw error;
  }
  return listener;
}

async function getRole(client: postgres.Sql): Promise<string | undefined> {
  const [session] = await client<{ role: string }[]>`select current_user as role`;
  return session?.role;
}

/** A superuser or the owner of the tables can change history whatever it was granted. */
async function assertAppendOnlyRole(client: postgres.Sql): Promise<void> {
  const [found] = await client<{ role: string; can_change: boolean }[]>`
    select current_user as role, has_table_privilege('receipts', 'update, delete, truncate') as can_change`;
  if (!found?.can_change) return;
  throw new Error(
    `The user "${found.role}" of DATABASE_URL can change history. With DATABASE_OWNER_URL it must be a user of its ` +
      "own that is no superuser and owns no table.",
  );
}

/** The caller runs it in one transaction, so that running processes never lack a right. */
async function grantRights(tx: postgres.TransactionSql, role: string): Promise<void> {
  for (const statement of listGrants(role)) await tx.unsafe(statement);
}

/** A newer release may run beside this one; then its rights on newer tables must not be revoked. */
async function isNewestVersion(client: postgres.Sql, folder: string): Promise<boolean> {
  const own = readMigrationFiles({ migrationsFolder: folder }).map(({ folderMillis }) => folderMillis);
  const [applied] = await client<{ newest: number }[]>`
    select max(created_at)::float8 as newest from drizzle.__drizzle_migrations`;
  return applied === undefined || applied.newest <= Math.max(...own);
}

/**
 * One connection holds an advisory lock in an open transaction, another migrates: processes that start together take
 * turns, and a killed one leaves no lock. A transaction lock also works through a pooler. Under the same lock `role`
 * gets its rights, those on new tables included.
 */
async function migrateUnderLock(
  { url, role }: { url: string; role: string | undefined },
  folder: string,
): Promise<void> {
  const lockHolder = open(url, { max: 1 });
  const client = open(url, { max: 1 });
  try {
    await lockHolder.begin(async (held) => {
      await held`set local lock_timeout = '60s'`;
      await held`set local statement_timeout = 0`;
      await held`set local idle_in_transaction_session_timeout = 0`;
      await held`select pg_advisory_xact_lock(${MIGRATION_LOCK})`;
      await migrate(drizzle({ client }), { migrationsFolder: folder });
      if (role && (await isNewestVersion(client, folder))) await client.begin((tx) => grantRights(tx, role));
    });
  } finally {
    await Promise.all([lockHolder.end({ timeout: 1 }), client.end({ timeout: 1 })]);
  }
}
