// A shop and a simulator for each Playwright worker, on free ports, so that workers do not disturb each other. They start with
// its first test and stop after its last.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import getPort from "get-port";
import os from "node:os";
import path from "node:path";
import { copyEmbedded } from "../test/harness/embedded-template";
import { addAppRole, startCluster } from "../test/harness/postgres";
import type { Environment } from "../test/harness/processes";
import { type Server, startApp, startSimulator } from "../test/harness/servers";
import { owner, secretKey } from "./credentials";

/** The notification path in the settings of the two shops: not the default one, and with a slash at its end. */
export const customNotificationPath = "/hooks/doku/";

export type Shops = {
  /** The address for shoppers. */
  shop: string;
  /** The address that DOKU notifies: another process on the same database, where there are two. */
  notifiedShop: string;
  simulator: string;
  /** The unexpected lines of the shops' logs so far. */
  listUnexpectedLines: () => string[];
  stop: () => Promise<void>;
};

/** Log events of normal work; any other line is unexpected. */
const expectedEvents = new Set([
  "notification_received",
  "inquiry_answered",
  "signed_in",
  "sign_in_refused",
  "sign_in_limited",
  "payment_limited",
  "order_limited",
]);

/** One process on the embedded database, as `npm start` starts it. */
export const startOneShop = (): Promise<Shops> =>
  withFolder(async ({ folder, closeLater }) => {
    const port = await getPort();
    const simulator = await startSimulator({ shopUrl: `http://localhost:${port}` });
    closeLater(simulator.stop);
    const embedded = { EMBEDDED_DATABASE: path.join(folder, "database") };
    await copyEmbedded(embedded.EMBEDDED_DATABASE);
    const shop = await startShop("shop", { port, simulator, env: embedded });
    closeLater(shop.stop);
    return { shop, notifiedShop: shop, simulator, processes: [shop] };
  });

/**
 * Two processes on one PostgreSQL. DOKU notifies the second; shoppers use the first. The second allows a client three orders
 * and two payments a minute.
 */
export const startTwoShops = (): Promise<Shops> =>
  withFolder(async ({ closeLater }) => {
    const cluster = await startCluster({ durable: false });
    closeLater(cluster.stop);
    const [port, notifiedPort] = [await getPort(), await getPort()];
    const shopUrl = `http://localhost:${notifiedPort}`;
    const simulator = await startSimulator({ shopUrl, notificationPath: customNotificationPath });
    closeLater(simulator.stop);
    const env = {
      DATABASE_URL: await addAppRole(cluster.url),
      DATABASE_OWNER_URL: cluster.url,
      DOKU_NOTIFICATION_URL: shopUrl + customNotificationPath,
    };
    const limits = { ORDERS_PER_MINUTE: "3", PAYMENTS_PER_MINUTE: "2" };
    // At the same time, so that both try to migrate.
    const [shop, notifiedShop] = await Promise.all([
      startShop("visited-shop", { port, simulator, env }),
      startShop("notified-shop", { port: notifiedPort, simulator, env: { ...env, ...limits } }),
    ]);
    closeLater(shop.stop);
    closeLater(notifiedShop.stop);
    return { shop, notifiedShop, simulator, processes: [shop, notifiedShop] };
  });

type Address = { url: string };
type Started = { shop: Address; notifiedShop: Address; simulator: Address; processes: readonly Shop[] };

const withFolder = async (build: (startup: Startup) => Promise<Started>): Promise<Shops> =>
  toShops(await startTogether(build));

export const toShops = ({ started, stop }: { started: Started; stop: () => Promise<void> }): Shops => ({
  shop: started.shop.url,
  notifiedShop: started.notifiedShop.url,
  simulator: started.simulator.url,
  listUnexpectedLines: () => started.processes.flatMap((shop) => shop.listUnexpectedLines()),
  stop,
});

type Startup = { folder: string; closeLater: (close: () => Promise<void>) => void };

/** Closes everything that was registered, the last first, at `stop` or when the start fails. */
export async function startTogether<T>(
  build: (startup: Startup) => Promise<T>,
): Promise<{ started: T; stop: () => Promise<void> }> {
  if (!existsSync(path.join(".next", "BUILD_ID")))
    throw new Error("The tests need a build: run `npm run build` first.");
  const folder = mkdtempSync(path.join(os.tmpdir(), "kode-bayar-journeys-"));
  const closers: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const close of closers.toReversed()) await close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return { started: await build({ folder, closeLater: (close) => void closers.push(close) }), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

export type Shop = Server & { listUnexpectedLines: () => string[] };
type ShopOptions = {
  port: number;
  simulator: Server;
  env: Environment;
  /** Of another build than that of this tree. */
  folder?: string | undefined;
};

export async function startShop(name: string, { port, simulator, env, folder }: ShopOptions): Promise<Shop> {
  const server = await startApp({
    ...(folder !== undefined && { folder }),
    keepsOutput: true,
    env: {
      PORT: String(port),
      SIMULATOR_PORT: String(simulator.port),
      DEMO_OWNER_EMAIL: owner.email,
      DEMO_OWNER_PASSWORD: owner.password,
      ...env,
    },
  });
  // The lines before are about the start.
  const { length } = server.output();
  const listUnexpectedLines = () => {
    const lines = server.output().slice(length).split("\n");
    return lines.filter((line) => line.trim() !== "" && !isExpected(line)).map((line) => `${name}: ${line}`);
  };
  return { ...server, listUnexpectedLines };
}

function isExpected(line: string): boolean {
  if (line.includes(secretKey)) return false;
  try {
    const entry: unknown = JSON.parse(line);
    return (
      typeof entry === "object" &&
      entry !== null &&
      "event" in entry &&
      expectedEvents.has(String(entry.event))
    );
  } catch {
    return false;
  }
}
