// A PostgreSQL to throw away: found among what is installed, started in a temporary folder, deleted afterwards.
// `node scripts/postgres.mjs` starts one and prints its address until Ctrl-C.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import {
  accessSync,
  chownSync,
  constants,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const OLDEST_VERSION = 15;
const MISSING =
  `No PostgreSQL ${OLDEST_VERSION} or newer was found for the tests: install it (Debian: apt-get install postgresql, ` +
  `macOS: brew install postgresql@17), or set POSTGRES_BIN to its bin folder, or TEST_DATABASE_URL to a server on ` +
  `which databases may be created.`;

const isRoot = process.getuid?.() === 0;

/** The bin folder of the newest usable PostgreSQL, or undefined. */
export function findPostgres() {
  if (process.env.POSTGRES_BIN)
    return usable(process.env.POSTGRES_BIN) ? process.env.POSTGRES_BIN : undefined;
  const onPath = (process.env.PATH ?? "").split(path.delimiter);
  return [...onPath, ...versionsIn("/usr/lib/postgresql"), ...homebrew(), ...postgresApp()].find(usable);
}

/** Installs Debian's package when that is possible without asking anybody. */
export function installPostgres() {
  if (!isRoot || !existsSync("/usr/bin/apt-get")) return;
  console.log("Installing Debian's PostgreSQL for the tests ...");
  withoutServices(() => {
    const install = () =>
      spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "postgresql"], {
        stdio: ["ignore", "ignore", "inherit"],
        env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      }).status === 0;
    if (install()) return;
    spawnSync("apt-get", ["update", "-qq"], { stdio: "ignore" });
    install();
  });
}

/**
 * Starts a server of its own on a free port of 127.0.0.1. `immediateStop` is a crash: nothing is written any more.
 * fsync stays on, so that what the tests say about lasting is true.
 */
export async function startCluster() {
  if (!findPostgres()) installPostgres();
  const bin = findPostgres();
  if (!bin) throw new Error(MISSING);
  const folder = mkdtempSync(path.join(os.tmpdir(), "kode-bayar-postgres-"));
  const user = isRoot ? ordinaryUser() : {};
  if (isRoot) chownSync(folder, user.uid, user.gid);
  const data = path.join(folder, "data");
  const options = { ...user, cwd: folder, env: { ...process.env, LC_ALL: "C" } };
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const initdb = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
    execFileSync(path.join(bin, "initdb"), initdb, { ...options, stdio: ["ignore", "ignore", "pipe"] });
    return await run({ bin, data, options, remove, port: await freePort() });
  } catch (error) {
    remove();
    throw error;
  }
}

async function run({ bin, data, options, remove, port }) {
  const dismiss = startWatch(path.dirname(data));
  let server = await startServer({ bin, data, options, port });
  const halt = (signal) => {
    if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve();
    return new Promise((done) => {
      server.once("exit", done);
      server.kill(signal);
    });
  };
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await halt("SIGINT");
      remove();
      dismiss();
    },
    immediateStop: () => halt("SIGQUIT"),
    restart: async () => {
      await halt("SIGINT");
      server = await startServer({ bin, data, options, port });
    },
  };
}

/**
 * Adds a user that owns nothing and may do nothing yet, as a running shop should have.
 * @returns the same address with this user in it
 */
export async function addAppRole(url) {
  const { default: postgres } = await import("postgres");
  const sql = postgres(url, { max: 1 });
  const [username, password] = [`kode_bayar_app_${process.pid}`, "only-for-tests"];
  await sql.unsafe(`create role ${username} login password '${password}'`);
  await sql.end();
  return Object.assign(new URL(url), { username, password }).href;
}

/** Clears up when this process ends without having done so, even by `kill -9`: its pipe then closes. */
function startWatch(folder) {
  const options = { stdio: ["pipe", "ignore", "ignore"], detached: true };
  const watch = spawn(process.execPath, ["-e", `(${clearUp})(process.argv[1])`, folder], options);
  watch.unref();
  watch.stdin.unref();
  return () => watch.stdin.end();
}

/** Runs in a process of its own, so it brings along all it needs. */
function clearUp(folder) {
  const fs = require("node:fs");
  const pidFile = `${folder}/data/postmaster.pid`;
  const parent = process.ppid;
  const finish = () => {
    clearInterval(looking);
    if (fs.existsSync(pidFile))
      process.kill(Number.parseInt(fs.readFileSync(pidFile, "utf8"), 10), "SIGQUIT");
    setTimeout(() => process.exit(fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 })), 500);
  };
  // A pipe may be kept open by whoever inherited it; a new parent cannot be overlooked.
  const looking = setInterval(() => process.ppid === parent || finish(), 1000);
  process.stdin.resume().once("end", finish);
}

function startServer({ bin, data, options, port }) {
  const settings = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=200",
  ];
  const args = ["-D", data, ...settings.flatMap((setting) => ["-c", setting])];
  const server = spawn(path.join(bin, "postgres"), args, { ...options, stdio: ["ignore", "ignore", "pipe"] });
  return new Promise((ready, fail) => {
    let log = "";
    server.stderr.on("data", (text) => {
      // Read to the end, or the server would stop at a full pipe.
      if (log.length < 10_000) log += text;
      if (/ready to accept connections/.test(text)) ready(server);
    });
    server.once("error", fail);
    server.once("exit", () => fail(new Error(`PostgreSQL did not start:\n${log}`)));
  });
}

function usable(bin) {
  const initdb = path.join(bin, "initdb");
  const postgres = path.join(bin, "postgres");
  if (!canRun(initdb) || !canRun(postgres)) return false;
  const version = spawnSync(postgres, ["--version"], { encoding: "utf8" }).stdout ?? "";
  return Number(/(\d+)/.exec(version)?.[1] ?? 0) >= OLDEST_VERSION;
}

function canRun(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function versionsIn(folder, inside = "bin") {
  if (!existsSync(folder)) return [];
  const versions = readdirSync(folder).filter((name) => /^\d+$/.test(name));
  return versions.sort((a, b) => Number(b) - Number(a)).map((name) => path.join(folder, name, inside));
}

function homebrew() {
  return ["/opt/homebrew/opt", "/usr/local/opt", "/home/linuxbrew/.linuxbrew/opt"]
    .filter(existsSync)
    .flatMap((opt) =>
      readdirSync(opt)
        .filter((name) => /^postgresql(@\d+)?$/.test(name))
        .sort((a, b) => b.localeCompare(a, "en", { numeric: true }))
        .map((name) => path.join(opt, name, "bin")),
    );
}

function postgresApp() {
  return versionsIn("/Applications/Postgres.app/Contents/Versions");
}

/** PostgreSQL refuses to run as root. */
function ordinaryUser() {
  for (const name of ["postgres", "nobody"]) {
    const id = (flag) => Number(spawnSync("id", [flag, name], { encoding: "utf8" }).stdout);
    const user = { uid: id("-u"), gid: id("-g") };
    if (user.uid > 0) return user;
  }
  throw new Error(
    "PostgreSQL does not run as root: run the tests as an ordinary user, or create a user postgres.",
  );
}

/** Debian starts a server right after installing it; this says no for the time being. */
function withoutServices(work) {
  const policy = "/usr/sbin/policy-rc.d";
  const ours = !existsSync(policy);
  if (ours) writeFileSync(policy, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    work();
  } finally {
    if (ours) rmSync(policy, { force: true });
  }
}

function freePort() {
  return new Promise((found, fail) => {
    const server = net.createServer();
    server.once("error", fail).listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}

async function main() {
  const cluster = await startCluster();
  console.log(cluster.url);
  const stop = () => void cluster.stop().then(() => process.exit(0));
  process.once("SIGINT", stop).once("SIGTERM", stop);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  main().catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
}
