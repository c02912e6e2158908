// Starts and stops what is measured: always on free ports, always with a database of its own.
import { execFileSync, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { childEnv } from "../scripts/prepare.mjs";

const children = new Set();
process.once("exit", () => children.forEach((child) => child.kill("SIGKILL")));

const typescript = ["--import", "tsx", "--conditions=react-server"];

/** Settings of the person who runs it must not reach what is measured. */
const foreign =
  /^(DATABASE_URL|DOKU_|SIMULATOR_|APP_URL|EMBEDDED_DATABASE|SESSION_SECRET|MERCHANT_NAME|ORDERS_|PAYMENTS_|PORT$)/;

/** All shoppers come from one address, and in crowds. */
const unhurried = { ORDERS_PER_MINUTE: "10000", PAYMENTS_PER_MINUTE: "10000", PAYMENTS_PER_HOUR: "10000" };

export function cleanEnv(more) {
  const own = Object.fromEntries(Object.entries(childEnv()).filter(([name]) => !foreign.test(name)));
  return { ...own, ...more };
}

export function freePort() {
  return new Promise((found, fail) => {
    const server = net.createServer();
    server.once("error", fail).listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}

/** The web server of a built tree. `env` says which database; the rest is as in try-it mode, on any free port. */
export async function startApp(folder, env) {
  const port = env.PORT ?? (await freePort());
  const all = cleanEnv({
    PORT: String(port),
    APP_URL: `http://localhost:${port}`,
    NODE_ENV: "production",
    ...unhurried,
    ...env,
  });
  const next = path.join(folder, "node_modules", "next", "dist", "bin", "next");
  const child = startNode([next, "start"], { cwd: folder, env: all });
  const url = `http://localhost:${port}`;
  await answers(`${url}/api/health`, child);
  return { url, pid: child.process.pid, stop: child.stop };
}

/** Makes the embedded database as `npm start` does, in a process of its own. */
export async function createEmbedded(folder, database) {
  const script = path.join(folder, "scripts", "create-embedded.ts");
  const child = startNode([...typescript, script, database], { cwd: folder, env: cleanEnv({}) });
  if ((await child.ended) !== 0) throw new Error(`The embedded database was not made:\n${child.output()}`);
}

export async function startSimulator(folder, env) {
  const port = await freePort();
  const all = cleanEnv({ SIMULATOR_PORT: String(port), ...env });
  const child = startNode([...typescript, path.join(folder, "simulator", "main.ts")], {
    cwd: folder,
    env: all,
  });
  const url = `http://127.0.0.1:${port}`;
  await answers(`${url}/health`, child);
  return { url, port, stop: child.stop };
}

/** A Node that is stopped with everything else, and whose words are kept for the case that it fails. */
export function startNode(args, options) {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
  children.add(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (text) => {
      if (output.length < 20_000) output += text;
    });
  }
  const ended = new Promise((done) => child.once("close", done)).finally(() => children.delete(child));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  return { process: child, ended, stop, output: () => output };
}

/** A machine that has other work takes its time; how long it took is measured elsewhere. Milliseconds. */
const patience = 180_000;

async function answers(url, child) {
  for (const end = Date.now() + patience; Date.now() < end; await pause(50)) {
    if (child.process.exitCode !== null) break;
    const answer = await fetch(url, { signal: AbortSignal.timeout(5000) }).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) return;
  }
  await child.stop();
  throw new Error(`${url} never answered:\n${child.output()}`);
}

export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** What a process holds in memory, in bytes. */
export function residentBytes(pid) {
  if (process.platform === "linux") {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
  }
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) * 1024;
}

/** A log file as a child's output. */
export function logInto(file) {
  const handle = openSync(file, "a");
  return { handle, close: () => closeSync(handle) };
}
