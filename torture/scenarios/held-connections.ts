import { readdirSync } from "node:fs";
import net from "node:net";
import { pause, residentBytes } from "../../test/harness/processes";
import type { Result, Scenario } from "../scenario";
import { startAppOnPostgres, withEnvironment } from "../tools/environments";
import type { KillableApp } from "../tools/environments";

const AT_ONCE = 50;
/** What a running server opens and closes by itself meanwhile. */
const MAX_DESCRIPTORS_MORE = 60;
const UNFINISHED_BYTES = 9e6;
/** Forty of them would be 360 MB, if they were kept. */
const MAX_RISE_BYTES = 120e6;

/** One of each kind of address: pages, actions, route handlers, DOKU's, and none. */
const paths = [
  "/",
  "/x",
  "/sign-in",
  "/checkout/AAAAAAAAAAAAAAAAAAAAAA",
  "/pay/AAAAAAAAAAAAAAAAAAAAAA",
  "/api/orders/AAAAAAAAAAAAAAAAAAAAAA/check",
  "/api/dashboard/bills",
  "/api/doku/notifications",
  "/api/v1/checkout_sessions",
];

/** Requests for an upgrade, which must leave no connection open, and bodies that never end, which must not be kept. */
export const heldConnections: Scenario<{ upgrades: number; bodies: number }> = ({ upgrades, bodies }) =>
  withEnvironment(startAppOnPostgres, async ({ app, seed }) => {
    await seed(1);
    return [await sendUpgrades(app, upgrades), await sendUnfinished(app, bodies)];
  });

async function sendUpgrades(app: KillableApp, upgrades: number): Promise<Result> {
  const problems: string[] = [];
  for (const path of paths) await askForUpgrade(app, path);
  await pause(1000);
  const before = countDescriptors(app);
  let left = upgrades;
  let unanswered = 0;
  const work = async () => {
    while (left > 0) {
      left -= 1;
      const path = paths[left % paths.length] ?? "/";
      if (!(await askForUpgrade(app, path))) unanswered += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await pause(2000);
  const after = countDescriptors(app);
  if (unanswered > 0) problems.push(`${unanswered} requests for an upgrade were not answered`);
  if (after !== undefined && before !== undefined && after > before + MAX_DESCRIPTORS_MORE)
    problems.push(`${after} descriptors are open, ${before} before`);
  return {
    what: "requests for an upgrade",
    howMany: String(upgrades),
    lost: 0,
    twice: 0,
    wrong: problems.length,
    problems,
    note: `descriptors ${before ?? "not counted"} before, ${after ?? "not counted"} after`,
  };
}

/** undefined where the system does not tell. */
function countDescriptors(app: KillableApp): number | undefined {
  try {
    return readdirSync(`/proc/${app.pid()}/fd`).length;
  } catch {
    return undefined;
  }
}

/** @returns whether an answer came within ten seconds */
function askForUpgrade(app: KillableApp, path: string): Promise<boolean> {
  const socket = connect(app);
  return new Promise((done) => {
    const finish = (isAnswered: boolean) => {
      socket.destroy();
      done(isAnswered);
    };
    socket.setTimeout(10_000, () => finish(false));
    socket.once("data", () => finish(true));
    socket.once("error", () => finish(false));
    socket.once("close", () => finish(false));
    socket.write(`GET ${path} HTTP/1.1\r\nHost: shop\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
  });
}

function connect(app: KillableApp): net.Socket {
  const { hostname, port } = new URL(app.address);
  return net.connect(Number(port), hostname);
}

async function sendUnfinished(app: KillableApp, bodies: number): Promise<Result> {
  const rises: number[] = [];
  const problems: string[] = [];
  for (const path of paths) {
    await pause(1000);
    const before = residentBytes(app.pid());
    const sockets = Array.from({ length: bodies }, () => startBody(app, path));
    let most = before;
    for (let waited = 0; waited < 3000; waited += 100) {
      await pause(100);
      most = Math.max(most, residentBytes(app.pid()));
    }
    for (const socket of sockets) socket.destroy();
    rises.push(most - before);
    if (most - before > MAX_RISE_BYTES)
      problems.push(`${bodies} unfinished bodies to ${path} cost ${((most - before) / 1e6).toFixed(0)} MB`);
  }
  return {
    what: "bodies that never end",
    howMany: `${bodies} to ${paths.length} addresses each`,
    lost: 0,
    twice: 0,
    wrong: problems.length,
    problems,
    note: `memory rose by ${(Math.max(...rises) / 1e6).toFixed(0)} MB at most`,
  };
}

/** Nine of ten megabytes, and then nothing more. */
function startBody(app: KillableApp, path: string): net.Socket {
  const socket = connect(app);
  socket.on("error", () => undefined);
  socket.resume();
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: shop\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 10000000\r\n\r\n`,
  );
  socket.write(Buffer.alloc(UNFINISHED_BYTES, "x"));
  return socket;
}
