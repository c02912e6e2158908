// `npm run test:standalone`: builds the app with `output: "standalone"` in a temporary folder, runs it on an embedded
// database, and sends it a signed notification. Also checks that the build contains no data.
import { cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import getPort from "get-port";
import { nodeOptions } from "./prepare.mjs";
import { signedNotification } from "../simulator/messages";
import { buildIsolated, createTemporaryFolder } from "../bench/isolated-build";
import { startNode, waitUntilAnswering } from "../test/harness/processes";
import { tryItMode } from "../test/harness/servers";

/** A path that only the settings name: it must work without a new build. */
const target = "/hooks/doku";
const secretData = "planted-customer-data";

const faults: string[] = [];
const expectSame = (what: string, seen: unknown, expected: unknown) => {
  if (seen !== expected) faults.push(`${what}: ${String(seen)}, where ${String(expected)} was expected`);
};

/** Next copied a database folder into the build once, because code joined the working directory and its name. */
function plantData(folder: string): void {
  mkdirSync(path.join(folder, ".data", "database"), { recursive: true });
  writeFileSync(path.join(folder, ".data", "database", secretData), secretData);
}

/** Copies the build away from its sources, with the two folders that the README says to copy. */
function unpack(built: string): string {
  const folder = path.join(createTemporaryFolder("standalone"), "app");
  cpSync(path.join(built, ".next", "standalone"), folder, { recursive: true });
  cpSync(path.join(built, ".next", "static"), path.join(folder, ".next", "static"), { recursive: true });
  cpSync(path.join(built, "public"), path.join(folder, "public"), { recursive: true });
  return folder;
}

function checkFiles(folder: string): void {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const data = names.filter((name) => name.split(path.sep).includes(".data") || name.endsWith(secretData));
  expectSame("files of the data folder in the build", data.length, 0);
}

async function checkServer(folder: string): Promise<void> {
  const port = await getPort();
  const address = `http://127.0.0.1:${port}`;
  const env = {
    NODE_ENV: "production",
    ...tryItMode,
    HOSTNAME: "0.0.0.0",
    PORT: String(port),
    KEEP_ALIVE_TIMEOUT: "75000",
    APP_URL: address,
    DOKU_NOTIFICATION_URL: address + target,
    EMBEDDED_DATABASE: path.join(folder, "..", "database"),
  };
  const server = startNode([...nodeOptions, "server.js"], { cwd: folder, env });
  await waitUntilAnswering(`${address}/api/health`, server);
  const payment = { invoice: "KB-UNKNOWN-1", code: "6059000000000205", amount: 150_000, serial: 1, target };
  const { body, headers } = signedNotification(payment);
  const post = (url: string, text: string) =>
    fetch(url, { method: "POST", headers, body: text, redirect: "manual" });
  const taken = await post(address + target, body);
  expectSame("a signed notification", `${taken.status} ${await taken.text()}`, '200 {"result":"received"}');
  expectSame("its security headers", taken.headers.get("x-content-type-options"), "nosniff");
  expectSame("how long its connection is kept", taken.headers.get("keep-alive"), "timeout=75");
  expectSame("the same with a slash at the end", (await post(`${address}${target}/`, body)).status, 200);
  expectSame(
    "the same at the usual path",
    (await post(`${address}/api/doku/notifications`, body)).status,
    200,
  );
  expectSame("one that was changed", (await post(address + target, `${body} `)).status, 401);
  server.signal("SIGTERM");
  expectSame("the exit code of a graceful stop", await server.ended, 0);
}

const folder = unpack(buildIsolated({ env: { STANDALONE: "true" }, prepare: plantData }));
checkFiles(folder);
await checkServer(folder);
for (const fault of faults) console.error(fault);
console.log(
  faults.length === 0
    ? "The standalone build holds no data and takes notifications."
    : "The standalone build fails.",
);
process.exit(faults.length === 0 ? 0 : 1);
