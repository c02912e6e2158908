// What is tortured: apps on a PostgreSQL of their own, started and killed at will, and cleared away afterwards.
import path from "node:path";
import getPort from "get-port";
import { seedPayments } from "../../bench/seed";
import type { SeededPayment } from "../../bench/seed";
import { startBalancer } from "../../test/harness/balancer";
import { startNode } from "../../test/harness/processes";
import type { Child, Environment } from "../../test/harness/processes";
import { startApp } from "../../test/harness/servers";
import { createDatabase, startCluster } from "../../test/harness/postgres";
import type { Cluster } from "../../test/harness/postgres";
import { root } from "../../scripts/prepare.mjs";
import { startDoku } from "./doku";
import type { TestDoku } from "./doku";
import { createQuery } from "./query";
import type { Query } from "./query";

/** Registers what is to be closed; the last one is closed first. */
export type CloseLater = (close: () => Promise<unknown>) => void;

/** Starts an environment, runs `work` in it, and closes everything that was registered, also after a failure. */
export async function withEnvironment<E, T>(
  start: (later: CloseLater) => Promise<E>,
  work: (environment: E) => Promise<T>,
): Promise<T> {
  const closers: (() => Promise<unknown>)[] = [];
  const later: CloseLater = (close) => void closers.unshift(close);
  try {
    return await work(await start(later));
  } finally {
    for (const close of closers) await close().catch(() => undefined);
  }
}

/** Inserts so many payments; their numbers continue from call to call. */
export type Seed = (count: number) => Promise<SeededPayment[]>;

export type AppOnPostgres = {
  cluster: Cluster;
  databaseUrl: string;
  app: KillableApp;
  query: Query;
  seed: Seed;
};

/** One app on one PostgreSQL. */
export async function startAppOnPostgres(later: CloseLater): Promise<AppOnPostgres> {
  const cluster = await startCluster();
  later(() => cluster.stop());
  const databaseUrl = await createDatabase(cluster, "torture");
  const app = await startKillableApp({ DATABASE_URL: databaseUrl });
  later(() => app.kill());
  return { cluster, databaseUrl, app, query: createQuery(databaseUrl), seed: createSeed(databaseUrl) };
}

export type BehindBalancer = {
  cluster: Cluster;
  databaseUrl: string;
  /** Of the apps behind the balancer; the caller fills it. */
  addresses: string[];
  balancer: { address: string };
  doku: TestDoku;
  env: Environment;
  query: Query;
};

/** A database, and a simulator that notifies the apps in `addresses` through a balancer. */
export async function startBehindBalancer(later: CloseLater): Promise<BehindBalancer> {
  const cluster = await startCluster();
  later(() => cluster.stop());
  const databaseUrl = await createDatabase(cluster, "torture");
  const addresses: string[] = [];
  const balancer = await startBalancer(addresses);
  later(() => balancer.stop());
  const doku = await startDoku(`${balancer.address}/api/doku/notifications`);
  later(() => doku.stop());
  const env = { DATABASE_URL: databaseUrl, SIMULATOR_PORT: doku.port };
  return { cluster, databaseUrl, addresses, balancer, doku, env, query: createQuery(databaseUrl) };
}

export function createSeed(databaseUrl: string): Seed {
  let seeded = 0;
  return (count) => {
    // Numbered before anything is awaited: a second call may begin before the first has ended.
    const first = seeded + 1;
    seeded += count;
    return seedPayments(databaseUrl, first, seeded);
  };
}

export type KillableApp = {
  address: string;
  pid(): number;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** @returns how long the graceful stop took, in milliseconds */
  stop(): Promise<number>;
  /** Starts it again at the same port. */
  start(): Promise<void>;
  signal(name: NodeJS.Signals): boolean;
  isAlive(): boolean;
};

const STOP_TIMEOUT_MS = 20_000;

/**
 * Starts an app that can be killed and started again at the same port. Nothing answers at its simulator's port.
 * @param folder of a built tree: this one, or another version of it
 */
export async function startKillableApp(env: Environment, folder = root): Promise<KillableApp> {
  const port = await getPort();
  const address = `http://127.0.0.1:${port}`;
  // The origin that forms come from is checked against APP_URL.
  const settings = { SIMULATOR_PORT: String(await getPort()), ...env, PORT: String(port), APP_URL: address };
  let app = await startApp({ folder, env: settings });
  const endBy = async (signal: NodeJS.Signals) => {
    signalTo(app.pid, signal);
    await app.stop();
  };
  return {
    address,
    pid: () => app.pid,
    kill: () => endBy("SIGKILL"),
    stop: async () => {
      const begun = performance.now();
      const timeout = setTimeout(() => signalTo(app.pid, "SIGKILL"), STOP_TIMEOUT_MS);
      await endBy("SIGTERM");
      clearTimeout(timeout);
      return performance.now() - begun;
    },
    start: async () => {
      app = await startApp({ folder, env: settings });
    },
    signal: (name) => signalTo(app.pid, name),
    isAlive: () => signalTo(app.pid, 0),
  };
}

/** `npm run worker` on the database that `env` names. */
export function startWorker(env: Environment): Child {
  const script = path.join(root, "scripts", "worker.ts");
  const args = ["--import", "tsx", "--conditions=react-server", script];
  return startNode(args, { env: { NODE_ENV: "production", ...env } });
}

/** @returns whether there is such a process */
function signalTo(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}
