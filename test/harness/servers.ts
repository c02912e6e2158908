import getPort from "get-port";
import path from "node:path";
import { root, serverCommand } from "../../scripts/prepare.mjs";
import { type Environment, startNode, typescript, waitUntilAnswering } from "./processes";

/** All shoppers of a test come from one address, and there are many. */
const noLimits = { ORDERS_PER_MINUTE: "10000", PAYMENTS_PER_MINUTE: "10000", PAYMENTS_PER_HOUR: "10000" };

/** What `npm start` sets in try-it mode; the key is the one that the simulator has by itself. */
export const tryItMode = {
  DOKU_ENVIRONMENT: "simulator",
  SIMULATOR_SECRET_KEY: "SK-SimulatorOnly0123456789",
};

export type Server = {
  url: string;
  port: number;
  pid: number;
  stop(): Promise<void>;
  /** What it wrote so far, as `Child` says. */
  output(): string;
};

export type ServerOptions = {
  /** Of a built tree: this one, or another version of it. */
  folder?: string;
  env?: Environment;
  keepsOutput?: boolean;
};

/**
 * Starts the web server on a free port. `env` names database and simulator; other settings are those of try-it mode.
 */
export async function startApp({
  folder = root,
  env = {},
  keepsOutput = false,
}: ServerOptions): Promise<Server> {
  const port = Number(env["PORT"] ?? (await getPort()));
  const url = `http://localhost:${port}`;
  const settings = {
    PORT: String(port),
    APP_URL: url,
    NODE_ENV: "production",
    ...tryItMode,
    ...noLimits,
    ...env,
  };
  const child = startNode(serverCommand({ folder }), {
    cwd: folder,
    env: settings,
    keepsOutput,
  });
  await waitUntilAnswering(`${url}/api/health`, child);
  return { url, port, pid: child.pid, stop: child.stop, output: child.output };
}

type SimulatorOptions = { shopUrl: string; notificationPath?: string };

/** Starts the simulator. It sends notifications and inquiries to `shopUrl`. */
export async function startSimulator({
  shopUrl,
  notificationPath = "/api/doku/notifications",
}: SimulatorOptions): Promise<Server> {
  const port = await getPort();
  const url = `http://localhost:${port}`;
  const child = startNode([...typescript, path.join(root, "simulator", "main.ts")], {
    env: {
      SIMULATOR_PORT: String(port),
      SIMULATOR_NOTIFICATION_URL: shopUrl + notificationPath,
      SIMULATOR_INQUIRY_URL: `${shopUrl}/api/doku/inquiries`,
    },
  });
  await waitUntilAnswering(`${url}/health`, child);
  return { url, port, pid: child.pid, stop: child.stop, output: child.output };
}

/** Creates the embedded database as `npm start` does, in a separate process. */
export async function createEmbedded(folder: string, database: string): Promise<void> {
  const script = path.join(folder, "scripts", "create-embedded.ts");
  const child = startNode([...typescript, script, database], { cwd: folder });
  if ((await child.ended) !== 0) throw new Error(`The embedded database was not made:\n${child.output()}`);
}
