// A temporary PostgreSQL server: started in a temporary folder, deleted afterwards.
import { execa } from "execa";
import getPort from "get-port";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { appendFileSync, chownSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { at } from "../../scripts/prepare.mjs";
import { MISSING_POSTGRES, findPostgres } from "./find-postgres";

export type Cluster = {
  url: string;
  stop(): Promise<void>;
  /** Like a crash: nothing more is written. */
  immediateStop(): Promise<void>;
  restart(): Promise<void>;
};

type User = { uid?: number; gid?: number };
type Place = { bin: string; folder: string; data: string; port: number; user: User };

/**
 * Starts a server on a free port of 127.0.0.1. A `durable` one waits for the disk at every commit, as in production;
 * tests that do not simulate a crash are faster without.
 */
export async function startCluster({ durable = true }: { durable?: boolean } = {}): Promise<Cluster> {
  const found = findPostgres();
  if (!found) throw new Error(MISSING_POSTGRES);
  const folder = mkdtempSync(path.join(os.tmpdir(), "kode-bayar-postgres-"));
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    const user = process.getuid?.() === 0 ? ordinaryUser() : {};
    if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
    const bin = reachableBy(user, { found, folder });
    const place = { bin, folder, data: path.join(folder, "data"), port: await getPort(), user };
    await initialise(place, durable);
    return await startManaged(place, remove);
  } catch (error) {
    remove();
    throw error;
  }
}

async function initialise({ bin, folder, data, user }: Place, durable: boolean): Promise<void> {
  const settings = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
  await execa(path.join(bin, "initdb"), ["-D", data, ...settings], {
    ...user,
    cwd: folder,
    env: { LC_ALL: "C" },
    stdin: "ignore",
  });
  // In the file, because a test of durability could not override an option of the command line.
  if (!durable) appendFileSync(path.join(data, "postgresql.conf"), "\nfsync = off\nfull_page_writes = off\n");
}

async function startManaged(place: Place, remove: () => void): Promise<Cluster> {
  const dismiss = startWatch(place.folder);
  let server = await startServer(place);
  const halt = (signal: NodeJS.Signals) => {
    if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve();
    return new Promise<void>((done) => {
      server.once("exit", () => done());
      server.kill(signal);
    });
  };
  return {
    url: `postgres://postgres@127.0.0.1:${place.port}/postgres`,
    stop: async () => {
      await halt("SIGINT");
      remove();
      dismiss();
    },
    immediateStop: () => halt("SIGQUIT"),
    restart: async () => {
      await halt("SIGINT");
      server = await startServer(place);
    },
  };
}

function startServer({ bin, folder, data, port, user }: Place): Promise<ChildProcess> {
  const settings = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=200",
  ];
  const args = ["-D", data, ...settings.flatMap((setting) => ["-c", setting])];
  // Not with execa, which would send SIGTERM at exit, and then the server would wait for every client to disconnect.
  const server = spawn(path.join(bin, "postgres"), args, {
    ...user,
    cwd: folder,
    env: { ...process.env, LC_ALL: "C" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  return new Promise((ready, fail) => {
    let log = "";
    server.stderr.on("data", (text: Buffer) => {
      // Read to the end, or the server would stop at a full pipe.
      if (log.length < 10_000) log += String(text);
      if (String(text).includes("ready to accept connections")) ready(server);
    });
    server.once("error", fail);
    server.once("exit", () => fail(new Error(`PostgreSQL did not start:\n${log}`)));
  });
}

/** Removes the server if this process ends without doing so, even by `kill -9`: the pipe to the watch closes then. */
function startWatch(folder: string): () => void {
  const script = fileURLToPath(new URL("./clear-up.mjs", import.meta.url));
  const watch = spawn(process.execPath, [script, folder], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watch.unref();
  if ("unref" in watch.stdin && typeof watch.stdin.unref === "function") watch.stdin.unref();
  return () => void watch.stdin.end();
}

/** PostgreSQL refuses to run as root. */
function ordinaryUser(): User {
  for (const name of ["postgres", "nobody"]) {
    const id = (flag: string) => Number(spawnSync("id", [flag, name], { encoding: "utf8" }).stdout);
    const user = { uid: id("-u"), gid: id("-g") };
    if (user.uid > 0) return user;
  }
  throw new Error(
    "PostgreSQL does not run as root: run the tests as an ordinary user, or create a user postgres.",
  );
}

/** When the project of root is not readable for an ordinary user, the programs in its cache folder are copied. */
function reachableBy(user: User, { found, folder }: { found: string; folder: string }): string {
  if (user.uid === undefined || !found.startsWith(at(".cache"))) return found;
  const { status } = spawnSync(path.join(found, "postgres"), ["--version"], { ...user, cwd: folder });
  if (status === 0) return found;
  const copy = path.join(folder, "programs");
  cpSync(path.dirname(found), copy, { recursive: true, verbatimSymlinks: true });
  return path.join(copy, "bin");
}

/**
 * Adds a role that owns nothing and has no rights yet, like the role of a running shop.
 * @returns the same address with this user in it
 */
export async function addAppRole(url: string): Promise<string> {
  const sql = postgres(url, { max: 1 });
  const [username, password] = [`kode_bayar_app_${process.pid}`, "only-for-tests"];
  await sql.unsafe(`create role ${username} login password '${password}'`);
  await sql.end();
  return Object.assign(new URL(url), { username, password }).href;
}

/** @returns the address of a new, empty database on the cluster; an app migrates it when it starts */
export async function createDatabase(cluster: Pick<Cluster, "url">, name: string): Promise<string> {
  await runSql(cluster.url, `create database ${name}`);
  return Object.assign(new URL(cluster.url), { pathname: `/${name}` }).href;
}

/** Runs one statement as the owner of the database. */
export async function runSql(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  await sql.unsafe(statement);
  await sql.end();
}
