// Starts what the journeys visit and stops it on SIGTERM: a shop on the embedded database with a simulator, and two
// shops on one PostgreSQL with another. Playwright runs it; by hand, `node e2e/servers.mjs` until Ctrl-C.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { addAppRole, startCluster } from "../scripts/postgres.mjs";
import { addresses, owner, secretKey } from "./addresses.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(path.join(os.tmpdir(), "kode-bayar-journeys-"));
const serve = path.join(root, "scripts", "serve.mjs");
const slowestStart = 60_000;
const slowestStop = 15_000;

/** What a shop writes when all is well; any other line of its log is a complaint. */
const ordinary = new Set([
  "notification_received",
  "inquiry_answered",
  "sign_in_limited",
  "payment_limited",
  "order_limited",
]);

/** All shoppers of the journeys come from one address. */
const unhurried = { ORDERS_PER_MINUTE: "10000", PAYMENTS_PER_MINUTE: "10000", PAYMENTS_PER_HOUR: "10000" };

const shopLogs = [];
const children = [];
const closers = [];
let stopping = false;

const portOf = (address) => new URL(address).port;
const notificationsOf = (shop) => `${shop}/api/doku/notifications`;

function start(name, args, settings) {
  const log = path.join(folder, `${name}.log`);
  const output = openSync(log, "w");
  // Only what a process needs: no DOKU_* or DATABASE_URL of whoever runs the tests reaches a shop.
  const { PATH, HOME, TMPDIR, SystemRoot } = process.env;
  const own = { NEXT_TELEMETRY_DISABLED: "1" };
  const env = { PATH, HOME, TMPDIR, SystemRoot, ...own, ...settings };
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
  const child = spawn(process.execPath, args, { cwd: root, env: given, stdio: ["ignore", output, output] });
  children.push(child);
  child.once("exit", (code) => {
    if (stopping) return;
    console.error(`The ${name} ended with ${code}:\n${readFileSync(log, "utf8").slice(-4000)}`);
    void stop(1);
  });
}

async function answering(url) {
  const until = Date.now() + slowestStart;
  for (;;) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5000) }).catch(() => undefined);
    if (answer?.ok) return;
    if (Date.now() > until) throw new Error(`${url} does not answer.`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

function startSimulator(name, address, shop) {
  start(name, ["--import", "tsx", path.join(root, "simulator", "main.ts")], {
    SIMULATOR_PORT: portOf(address),
    SIMULATOR_NOTIFICATION_URL: notificationsOf(shop),
    SIMULATOR_INQUIRY_URL: `${shop}/api/doku/inquiries`,
  });
  return answering(`${address}/health`);
}

function startShop(name, address, settings) {
  shopLogs.push({ name, file: path.join(folder, `${name}.log`), start: 0 });
  start(name, [serve], {
    PORT: portOf(address),
    NODE_ENV: "production",
    APP_URL: address,
    DEMO_OWNER_EMAIL: owner.email,
    DEMO_OWNER_PASSWORD: owner.password,
    ...unhurried,
    ...settings,
  });
  return answering(`${address}/api/health`);
}

async function startEmbedded() {
  await startSimulator("simulator", addresses.simulator, addresses.shop);
  await startShop("shop", addresses.shop, {
    EMBEDDED_DATABASE: path.join(folder, "database"),
    SIMULATOR_PORT: portOf(addresses.simulator),
  });
}

async function startShared() {
  const cluster = await startCluster();
  closers.push(() => cluster.stop());
  await startSimulator("shared-simulator", addresses.sharedSimulator, addresses.notifiedShop);
  const settings = {
    DATABASE_URL: await addAppRole(cluster.url),
    DATABASE_OWNER_URL: cluster.url,
    SIMULATOR_PORT: portOf(addresses.sharedSimulator),
  };
  // At once, as a host would: both want to migrate.
  await Promise.all([
    startShop("visited-shop", addresses.visitedShop, settings),
    // Nobody shops here, but who tries how far one gets.
    startShop("notified-shop", addresses.notifiedShop, {
      ...settings,
      ORDERS_PER_MINUTE: "3",
      PAYMENTS_PER_MINUTE: "2",
    }),
  ]);
}

async function stop(code) {
  if (stopping) return;
  stopping = true;
  const living = children.filter((child) => child.exitCode === null && child.signalCode === null);
  const force = setTimeout(() => living.forEach((child) => child.kill("SIGKILL")), slowestStop);
  await Promise.all(
    living.map((child) => {
      const gone = new Promise((done) => child.once("exit", done));
      child.kill("SIGTERM");
      return gone;
    }),
  );
  clearTimeout(force);
  await Promise.all(closers.map((close) => close()));
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
}

/** From now on what the shops say is listened to: until here they said where they listen. */
function markLogs() {
  for (const log of shopLogs) log.start = readFileSync(log.file).length;
}

function complaints() {
  return shopLogs.flatMap(({ name, file, start }) => {
    const lines = readFileSync(file).subarray(start).toString("utf8").split("\n");
    return lines.filter((line) => line.trim() !== "" && !isOrdinary(line)).map((line) => `${name}: ${line}`);
  });
}

function isOrdinary(line) {
  if (line.includes(secretKey)) return false;
  try {
    return ordinary.has(JSON.parse(line).event);
  } catch {
    return false;
  }
}

async function main() {
  if (!existsSync(path.join(root, ".next", "BUILD_ID")))
    throw new Error("The journeys visit what was built: run `npm run build` first.");
  await Promise.all([startEmbedded(), startShared()]);
  markLogs();
  const tell = (_request, response) => response.end(JSON.stringify(complaints()));
  createServer(tell).listen(portOf(addresses.ready));
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void stop(0));
main().catch((error) => {
  console.error(error.message);
  void stop(1);
});
