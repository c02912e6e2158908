// What a worker's journeys visit: a shop with a simulator, for this worker alone, so that workers do not disturb each
// other. Started when its first journey begins, stopped after its last, on free ports.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import getPort from "get-port";
import os from "node:os";
import path from "node:path";
import { addAppRole, startCluster } from "../test/harness/postgres";
import type { Environment } from "../test/harness/processes";
import { type Server, startApp, startSimulator } from "../test/harness/servers";
import { owner, secretKey } from "./credentials";

/** Where DOKU tells the two shops of a payment: a path that only their settings name, with a slash at its end. */
export const namedNotificationPath = "/hooks/doku/";

export type Shops = {
  /** The address that shoppers visit. */
  shop: string;
  /** The address that DOKU notifies: another process on the same database, where there are two. */
  notifiedShop: string;
  simulator: string;
  /** What the shops have complained about in their logs so far. */
  complaints: () => string[];
  stop: () => Promise<void>;
};

/** What a shop writes when all is well; any other line of its log is a complaint. */
const ordinary = new Set([
  "notification_received",
  "inquiry_answered",
  "sign_in_limited",
  "payment_limited",
  "order_limited",
]);

/** One process on the embedded database, as `npm start` begins. */
export const startOneShop = (): Promise<Shops> =>
  inFolder(async ({ folder, later }) => {
    const port = await getPort();
    const simulator = await startSimulator({ shopUrl: `http://localhost:${port}` });
    later(simulator.stop);
    const embedded = { EMBEDDED_DATABASE: path.join(folder, "database") };
    const shop = await startShop("shop", { port, simulator, env: embedded });
    later(shop.stop);
    return { shop, notifiedShop: shop, simulator };
  });

/**
 * Two processes on one PostgreSQL. DOKU tells the second of payments; shoppers visit the first. The second lets one
 * client make three orders and start two payments a minute.
 */
export const startTwoShops = (): Promise<Shops> =>
  inFolder(async ({ later }) => {
    const cluster = await startCluster({ durable: false });
    later(cluster.stop);
    const [port, notifiedPort] = [await getPort(), await getPort()];
    const shopUrl = `http://localhost:${notifiedPort}`;
    const simulator = await startSimulator({ shopUrl, notificationPath: namedNotificationPath });
    later(simulator.stop);
    const env = {
      DATABASE_URL: await addAppRole(cluster.url),
      DATABASE_OWNER_URL: cluster.url,
      DOKU_NOTIFICATION_URL: shopUrl + namedNotificationPath,
    };
    const limits = { ORDERS_PER_MINUTE: "3", PAYMENTS_PER_MINUTE: "2" };
    // At once, as a host would: both want to migrate.
    const [shop, notifiedShop] = await Promise.all([
      startShop("visited-shop", { port, simulator, env }),
      startShop("notified-shop", { port: notifiedPort, simulator, env: { ...env, ...limits } }),
    ]);
    later(shop.stop);
    later(notifiedShop.stop);
    return { shop, notifiedShop, simulator };
  });

type Building = { folder: string; later: (close: () => Promise<void>) => void };
type Built = { shop: Shop; notifiedShop: Shop; simulator: Server };

/** Puts away whatever was started, when it is stopped and when the start fails. */
async function inFolder(build: (building: Building) => Promise<Built>): Promise<Shops> {
  if (!existsSync(path.join(".next", "BUILD_ID")))
    throw new Error("The journeys visit what was built: run `npm run build` first.");
  const folder = mkdtempSync(path.join(os.tmpdir(), "kode-bayar-journeys-"));
  const closers: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const close of closers.toReversed()) await close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const built = await build({ folder, later: (close) => void closers.push(close) });
    const shops = [...new Set([built.shop, built.notifiedShop])];
    return {
      shop: built.shop.url,
      notifiedShop: built.notifiedShop.url,
      simulator: built.simulator.url,
      complaints: () => shops.flatMap((shop) => shop.complaints()),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Shop = Server & { complaints: () => string[] };
type ShopOptions = { port: number; simulator: Server; env: Environment };

async function startShop(name: string, { port, simulator, env }: ShopOptions): Promise<Shop> {
  const server = await startApp({
    keepsOutput: true,
    env: {
      PORT: String(port),
      SIMULATOR_PORT: String(simulator.port),
      DEMO_OWNER_EMAIL: owner.email,
      DEMO_OWNER_PASSWORD: owner.password,
      ...env,
    },
  });
  // Until here it said where it listens.
  const { length } = server.output();
  const complaints = () => {
    const lines = server.output().slice(length).split("\n");
    return lines
      .filter((line) => line.trim() !== "" && !isOrdinary(line))
      .map((line) => `${name}: ${line}`);
  };
  return { ...server, complaints };
}

function isOrdinary(line: string): boolean {
  if (line.includes(secretKey)) return false;
  try {
    const entry: unknown = JSON.parse(line);
    return typeof entry === "object" && entry !== null && "event" in entry && ordinary.has(String(entry.event));
  } catch {
    return false;
  }
}
