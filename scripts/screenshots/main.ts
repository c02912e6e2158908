// `npm run screenshots`: every page in every state, language, theme and width, into screenshots/, with an index. It uses the
// product through the browser; the simulator causes the faults.
import { openBrowser } from "../../test/harness/browser";
import getPort from "get-port";
import { startApp, startSimulator } from "../../test/harness/servers";
import { createDatabase, startCluster } from "../../test/harness/postgres";
import type { Cluster } from "../../test/harness/postgres";
import { buildIfNeeded } from "../prepare.mjs";
import { breakShop, owner, signIn, slowDown } from "./actions";
import type { Stage } from "./actions";
import { createGallery } from "./capture";
import type { Gallery } from "./capture";
import { prepareOffice } from "./create-office";
import { prepareOrders } from "./orders";
import { brokenScenes, noDatabaseScenes, normalScenes, slowScenes } from "./scenes";
import type { Scene } from "./scenes";

type Setup = { stage: Stage; cluster: Cluster; gallery: Gallery; tearDown: () => Promise<void> };

async function main(): Promise<void> {
  const only = process.argv.slice(2);
  await buildIfNeeded();
  const begun = performance.now();
  const setup = await setUp();
  try {
    const failures = await takeAll(setup, only);
    const seconds = Math.round((performance.now() - begun) / 1000);
    console.log(`${setup.gallery.count()} screenshots in ${seconds} s: ${setup.gallery.writeIndex()}`);
    for (const failure of failures) console.error(failure);
    process.exitCode = failures.length > 0 ? 1 : 0;
  } finally {
    await setup.tearDown();
  }
}

/** On PostgreSQL, because it can be stopped while the shop runs, which has a page of its own. */
async function setUp(): Promise<Setup> {
  const cluster = await startCluster();
  const database = await createDatabase(cluster, "screenshots");
  const port = String(await getPort());
  const simulator = await startSimulator({ shopUrl: `http://localhost:${port}` });
  const env = {
    PORT: port,
    DATABASE_URL: database,
    SIMULATOR_PORT: String(simulator.port),
    CASHIER_BARCODE: "true",
    ...owner.env,
  };
  const app = await startApp({ env });
  const browser = await openBrowser();
  const tearDown = async () => {
    await browser.close();
    await app.stop();
    await simulator.stop();
    await cluster.stop();
  };
  const stage = { browser, database, app, simulator: `http://localhost:${simulator.port}` };
  return { stage, cluster, gallery: createGallery(browser), tearDown };
}

/** First everything that works, then with a slow channel, then with a bug, and last without the database. */
async function takeAll({ stage, cluster, gallery }: Setup, only: string[]): Promise<string[]> {
  const orders = await prepareOrders(stage);
  const session = await signIn(stage);
  const office = await prepareOffice(stage, session);
  const places = { shop: stage.app.url, simulator: stage.simulator, orders, office };
  const isChosen = ({ name }: Scene) => only.length === 0 || only.some((start) => name.startsWith(start));
  const take = (scenes: Scene[]) => gallery.take(scenes.filter(isChosen), session);
  const failures = await take(normalScenes(places));
  await slowDown(stage, orders.empty);
  failures.push(...(await take(slowScenes(places))));
  await breakShop(stage, orders.indomaret);
  failures.push(...(await take(brokenScenes(places))));
  await cluster.immediateStop();
  failures.push(...(await take(noDatabaseScenes(places))));
  return failures;
}

for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
