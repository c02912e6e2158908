import getPort from "get-port";
import path from "node:path";
import { root, serverCommand } from "../../scripts/prepare.mjs";
import { type Environment, startNode, typescript, waitUntilAnswering } from "./processes";

/** All shoppers of a test come from one address, and in crowds. */
const noLimits = { ORDERS_PER_MINUTE: "10000", PAYMENTS_PER_MINUTE: "10000", PAYMENTS_PER_HOUR: "10000" };

export type Server = {
  url: string;
  port: number;
  pid: number;
  stop(): Promise<void>;
  /** What it wrote to its log. */
  output(): string;
};

export type ServerOptions = {
  /** Of a built tree: this one, or another version of it. */
  folder?: string;
  env?: Environment;
  logFile?: string | undefined;
};

export const startOptions = (logFile: string | undefined) => (logFile === undefined ? {} : { logFile });

/** The web server. `env` says which database and which simulator; the rest is as in try-it mode, on a free port. */
export async function startApp({ folder = root, env = {}, logFile }: ServerOptions): Promise<Server> {
  const port = Number(env["PORT"] ?? (await getPort()));
  const url = `http://localhost:${port}`;
  const settings = {
    PORT: String(port),
    APP_URL: url,
    NODE_ENV: "production",
    ...noLimits,
    ...env,
  };
  const child = startNode(serverCommand({ folder }), {
    cwd: folder,
    env: settings,
    ...startOptions(logFile),
  });
  await waitUntilAnswering(`${url}/api/health`, child);
  return { url, port, pid: child.pid, stop: child.stop, output: child.output };
}

/** DOKU on this machine. `shopUrl` is who hears of payments and is asked about codes. */
export async function startSimulator({
  folder = root,
  shopUrl,
  port,
  logFile,
}: {
  folder?: string;
  shopUrl: string;
  port?: number;
  logFile?: string;
}): Promise<Server> {
  const ownPort = port ?? (await getPort());
  const url = `http://localhost:${ownPort}`;
  const child = startNode([...typescript, path.join(folder, "simulator", "main.ts")], {
    cwd: folder,
    env: {
      SIMULATOR_PORT: String(ownPort),
      SIMULATOR_NOTIFICATION_URL: `${shopUrl}/api/doku/notifications`,
      SIMULATOR_INQUIRY_URL: `${shopUrl}/api/doku/inquiries`,
    },
    ...startOptions(logFile),
  });
  await waitUntilAnswering(`${url}/health`, child);
  return { url, port: ownPort, pid: child.pid, stop: child.stop, output: child.output };
}

/** Makes the embedded database as `npm start` does, in a process of its own. */
export async function createEmbedded(folder: string, database: string): Promise<void> {
  const script = path.join(folder, "scripts", "create-embedded.ts");
  const child = startNode([...typescript, script, database], { cwd: folder });
  if ((await child.ended) !== 0) throw new Error(`The embedded database was not made:\n${child.output()}`);
}
