// `npm start`: one command from a fresh checkout to a running shop. `npm run dev` runs the development server instead.
import { spawn } from "node:child_process";
import { openSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { getDemoOwner } from "./demo-owner.mjs";
import { getExampleKeys } from "./example-keys.mjs";
import { getSimulatorKey } from "./simulator-key.mjs";
import {
  StepFailed,
  at,
  buildIfNeeded,
  checkNode,
  childEnv,
  createDataFolder,
  fileExists,
  installPackages,
  loadEnvFiles,
  root,
  serverCommand,
  runOrThrow,
} from "./prepare.mjs";

const dev = process.argv.includes("--dev");
/** An empty line in an .env file means "not set", as the server reads it too. */
const setting = (name, fallback) => process.env[name]?.trim() || fallback;

async function main() {
  checkNode();
  loadEnvFiles();
  const plan = createPlan();
  await checkPorts(plan);
  await installPackages();
  if (!dev) await buildIfNeeded();
  if (!plan.databaseUrl) await createEmbedded(plan);
  const processes = createProcessGroup();
  if (plan.simulated) {
    processes.add("simulator", startSimulator(plan));
    await waitUntilAnswering(`http://127.0.0.1:${plan.simulatorPort}/health`, processes);
  }
  processes.add("server", startServer(plan));
  await waitUntilAnswering(`http://localhost:${plan.port}/api/health`, processes);
  if (plan.example) {
    processes.add("example shop", startExampleShop(plan));
    await waitUntilAnswering(`http://127.0.0.1:${plan.example.port}/`, processes);
  }
  console.log(summary(plan));
}

/** The settings that this script needs. The server checks them all. */
function createPlan() {
  const environment = setting("DOKU_ENVIRONMENT", "simulator");
  const simulated = environment === "simulator" && !setting("DOKU_CLIENT_ID");
  const port = setting("PORT", "3000");
  const appUrl = setting("APP_URL", `http://localhost:${port}`).replace(/\/+$/, "");
  return {
    port,
    appUrl,
    // A simulator at another address is not started here.
    simulated: simulated && !setting("DOKU_BASE_URL"),
    owner: simulated ? getDemoOwner(createDataFolder()) : undefined,
    environment,
    simulatorPort: setting("SIMULATOR_PORT", "4010"),
    simulatorKey: simulated
      ? setting("SIMULATOR_SECRET_KEY", getSimulatorKey(createDataFolder()))
      : undefined,
    example: simulated ? createExamplePlan() : undefined,
    // Anyone who reaches a shop in try-it mode can pay in it, so other machines are let in by a setting only.
    host: setting("HOST", environment === "simulator" ? "127.0.0.1" : ""),
    notificationUrl: setting("DOKU_NOTIFICATION_URL", `${appUrl}/api/doku/notifications`),
    inquiryUrl: setting("DOKU_INQUIRY_URL", `${appUrl}/api/doku/inquiries`),
    databaseUrl: setting("DATABASE_URL"),
    embedded: path.resolve(root, setting("EMBEDDED_DATABASE", ".data/database")),
  };
}

/** A program of its own that uses the API as a stranger's shop would. */
function createExamplePlan() {
  const port = setting("EXAMPLE_SHOP_PORT", "4020");
  const { apiKey, webhookSecret } = getExampleKeys(createDataFolder());
  return {
    port,
    url: setting("EXAMPLE_SHOP_URL", `http://localhost:${port}`),
    apiKey: setting("EXAMPLE_API_KEY", apiKey),
    webhookSecret: setting("EXAMPLE_WEBHOOK_SECRET", webhookSecret),
  };
}

async function checkPorts({ port, simulated, simulatorPort, example }) {
  await assertPortIsFree("PORT", port);
  if (simulated) await assertPortIsFree("SIMULATOR_PORT", simulatorPort);
  if (example) await assertPortIsFree("EXAMPLE_SHOP_PORT", example.port);
}

async function assertPortIsFree(name, port) {
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    throw new Error(`${name} must be a number from 1 to 65535; it is "${port}".`);
  }
  for (const host of ["127.0.0.1", undefined]) {
    const taken = await new Promise((answer) => {
      const server = net.createServer();
      server.once("error", (error) => answer(error.code === "EADDRINUSE"));
      server.listen({ port: Number(port), host }, () => server.close(() => answer(false)));
    });
    if (!taken) continue;
    throw new Error(`Port ${port} is in use: stop what listens there, or set ${name} to another one.`);
  }
}

/** In its own process, because creating it takes twice the memory of opening it. */
async function createEmbedded({ embedded }) {
  if (fileExists(path.join(embedded, "PG_VERSION"))) return;
  console.log("Creating the database ...");
  await runOrThrow(process.execPath, [...typescript, at("scripts", "create-embedded.ts"), embedded]);
}

const typescript = ["--import", "tsx", "--conditions=react-server"];

function startSimulator({ simulatorPort, simulatorKey, notificationUrl, inquiryUrl, example }) {
  const log = openSync(path.join(createDataFolder(), "simulator.log"), "w");
  return startChild([...typescript, at("simulator", "main.ts")], {
    stdio: ["ignore", log, "inherit"],
    env: childEnv({
      SIMULATOR_PORT: simulatorPort,
      SIMULATOR_SECRET_KEY: simulatorKey,
      SIMULATOR_NOTIFICATION_URL: notificationUrl,
      SIMULATOR_INQUIRY_URL: inquiryUrl,
      ...(example && { SIMULATOR_WEBHOOK_SECRET: example.webhookSecret }),
      SIMULATOR_STATE_FILE: setting("SIMULATOR_STATE_FILE", path.join(createDataFolder(), "simulator.json")),
    }),
  });
}

function startExampleShop({ appUrl, example: { port, url, apiKey, webhookSecret } }) {
  return startChild([...typescript, at("examples", "shop", "main.ts")], {
    stdio: ["ignore", "ignore", "inherit"],
    env: childEnv({
      PORT: port,
      SHOP_URL: url,
      API_URL: `${appUrl}/api/v1`,
      API_KEY: apiKey,
      WEBHOOK_SECRET: webhookSecret,
      ORDERS_FILE: path.join(createDataFolder(), "example-shop.json"),
    }),
  });
}

function startServer({ port, host, environment, simulatorKey, owner, example }) {
  const demo = owner ? { DEMO_OWNER_EMAIL: owner.email, DEMO_OWNER_PASSWORD: owner.password } : {};
  const key = simulatorKey ? { SIMULATOR_SECRET_KEY: simulatorKey } : {};
  return startChild(serverCommand({ dev, host }), {
    stdio: ["ignore", "inherit", "inherit"],
    env: childEnv({
      PORT: port,
      DOKU_ENVIRONMENT: environment,
      ...key,
      ...demo,
      ...toExampleSettings(example),
    }),
  });
}

const toExampleSettings = (example) =>
  example && {
    EXAMPLE_SHOP_URL: example.url,
    EXAMPLE_API_KEY: example.apiKey,
    EXAMPLE_WEBHOOK_SECRET: example.webhookSecret,
  };

/** In its own process group: otherwise Ctrl-C would reach all children at once, and the server twice. */
function startChild(args, options) {
  return spawn(process.execPath, args, { cwd: root, detached: process.platform !== "win32", ...options });
}

/**
 * When one process ends, all end, with its exit code. They are stopped in reverse order, so that the simulator is there
 * until the server has finished its requests.
 */
function createProcessGroup() {
  const started = [];
  const state = { stopping: false };
  const isAlive = (child) => child.exitCode === null && child.signalCode === null;
  const waitForExit = (child) =>
    isAlive(child) ? new Promise((done) => child.once("exit", done)) : Promise.resolve();
  const stop = async (code) => {
    if (state.stopping) return;
    state.stopping = true;
    for (const { child } of started.toReversed()) {
      if (isAlive(child)) child.kill("SIGTERM");
      await waitForExit(child);
    }
    process.exit(code);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      if (state.stopping) for (const { child } of started) child.kill("SIGKILL");
      void stop(0);
    });
  }
  return {
    state,
    add: (name, child) => {
      started.push({ name, child });
      child.once("error", (error) => {
        console.error(`The ${name} could not be started: ${error.message}`);
        void stop(1);
      });
      child.once("exit", (code) => {
        if (!state.stopping) console.error(`The ${name} ended.`);
        void stop(code ?? 1);
      });
    },
  };
}

async function waitUntilAnswering(url, { state }) {
  for (let attempt = 1; ; attempt++) {
    if (state.stopping) await new Promise(() => undefined);
    const answer = await fetch(url, { signal: AbortSignal.timeout(5000) }).catch(() => undefined);
    if (answer?.ok) return;
    if (attempt === 600) console.error(`Still waiting for ${url} to answer.`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

function summary(plan) {
  const { owner, appUrl, simulated, simulatorPort, databaseUrl, environment, embedded, example } = plan;
  const database = databaseUrl
    ? `PostgreSQL at ${withoutPassword(databaseUrl)}`
    : `embedded, in ${path.relative(root, embedded)}: one process, not safe against a power cut`;
  const lines = [
    ["Shop", appUrl],
    ...(example ? [["By API", `${example.url}  a shop of its own, told by webhooks`]] : []),
    ["Dashboard", `${appUrl}/dashboard`],
    ...(owner ? [["", `${owner.email}  ${owner.password}`]] : []),
    [simulated ? "Simulator" : "DOKU", simulated ? `http://localhost:${simulatorPort}` : environment],
    ["Database", database],
    ["Stop", "Ctrl-C"],
  ];
  const rows = lines.map(([name, value]) => `  ${name.padEnd(11)}${value}`);
  return `\n  Kode Bayar is ready${dev ? " for changes" : ""}.\n\n${rows.join("\n")}\n`;
}

function withoutPassword(url) {
  const { host, pathname } = URL.canParse(url) ? new URL(url) : { host: "DATABASE_URL", pathname: "" };
  return `${host}${pathname}`;
}

main().catch((error) => {
  // A failed step has printed the reason.
  if (!(error instanceof StepFailed)) console.error(error.message);
  process.exit(error.exitCode ?? 1);
});
