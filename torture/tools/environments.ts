// What is tortured: apps on a PostgreSQL of their own, started and killed at will, and cleared away whatever happens.
import path from "node:path";
import postgres from "postgres";
import { seedPayments } from "../../bench/seed";
import getPort from "get-port";
import { startNode } from "../../test/harness/processes";
import { startApp } from "../../test/harness/servers";
import { createDatabase, startCluster } from "../../test/harness/postgres";
import { root } from "../../scripts/prepare.mjs";
import { startBalancer } from "./balancer";
import { startDoku } from "./doku";

const quiet = { max: 2, onnotice: () => undefined };

/** Runs `work` with what `place` gives, and puts everything away afterwards. */
export async function inPlace(place, work) {
  const closers = [];
  const later = (close) => void closers.unshift(close);
  try {
    return await work(await place(later));
  } finally {
    for (const close of closers) await close().catch(() => undefined);
  }
}

/** One app on one PostgreSQL. `app.address` stays; `app.kill` is `kill -9` and `app.start` brings it back. */
export const onPostgres =
  (more = {}) =>
  async (later) => {
    const cluster = await startCluster();
    later(() => cluster.stop());
    const databaseUrl = await createDatabase(cluster, "torture");
    const app = await startMortal({ DATABASE_URL: databaseUrl, ...more });
    later(() => app.end());
    return { cluster, databaseUrl, app, query: queryAt(databaseUrl), seed: seederOf(databaseUrl) };
  };

/** A database, and a simulator that tells what is paid to a balancer; whoever is listed in `addresses` is told. */
export async function behindBalancer(later) {
  const cluster = await startCluster();
  later(() => cluster.stop());
  const databaseUrl = await createDatabase(cluster, "torture");
  const addresses = [];
  const balancer = await startBalancer(addresses);
  later(() => balancer.stop());
  const doku = await startDoku(`${balancer.address}/api/doku/notifications`);
  later(() => doku.stop());
  const env = { DATABASE_URL: databaseUrl, SIMULATOR_PORT: doku.port };
  return { cluster, databaseUrl, addresses, balancer, doku, env, query: queryAt(databaseUrl) };
}

/** Prepared payments by the thousand: numbers go on from call to call. */
export function seederOf(databaseUrl) {
  let seeded = 0;
  return (count) => {
    // Taken before anything is awaited: on a busy machine one seeding begins before the last has ended.
    const first = seeded + 1;
    seeded += count;
    return seedPayments(databaseUrl, first, seeded);
  };
}

/** A connection for each question: the server may have been killed since the last. */
export const queryAt = (databaseUrl) => async (text) => {
  const sql = postgres(databaseUrl, quiet);
  try {
    return await sql.unsafe(text);
  } finally {
    await sql.end({ timeout: 1 });
  }
};

/**
 * An app that can be killed and comes back at the same port. Nothing answers at its simulator's port.
 * @param folder of a built tree: this one, or another version of it
 */
export async function startMortal(env, folder = root) {
  const settings = { PORT: String(await getPort()), SIMULATOR_PORT: String(await getPort()), ...env };
  let app = await startApp({ folder, env: settings });
  const gone = async (signal) => {
    signalTo(app.pid, signal);
    await app.stop();
  };
  return {
    address: `http://127.0.0.1:${settings.PORT}`,
    pid: () => app.pid,
    kill: () => gone("SIGKILL"),
    /** @returns how long the graceful stop took, in milliseconds */
    stop: async () => {
      const begun = performance.now();
      const late = setTimeout(() => signalTo(app.pid, "SIGKILL"), 20_000);
      await gone("SIGTERM");
      clearTimeout(late);
      return performance.now() - begun;
    },
    start: async () => {
      app = await startApp({ folder, env: settings });
    },
    signal: (name) => signalTo(app.pid, name),
    isAlive: () => signalTo(app.pid, 0),
    end: () => gone("SIGKILL"),
  };
}

/** `npm run worker`, on the database that `env` names. */
export function startWorker(env) {
  const script = path.join(root, "scripts", "worker.ts");
  const args = ["--import", "tsx", "--conditions=react-server", script];
  return startNode(args, { env: { NODE_ENV: "production", ...env } });
}

function signalTo(pid, signal) {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}
