// `npm run pictures`: every page in every state, language, theme and width, into pictures/, with an index to leaf through.
// It looks at the product as a person would: through the browser, with the simulator making the world behave badly.
import { openBrowser } from "../../test/harness/browser";
import getPort from "get-port";
import { startApp, startSimulator } from "../../test/harness/servers";
import { openAlbum } from "./capture";
import { prepareOrders } from "./orders";
import { calmScenes, slowScenes, brokenScenes, awayScenes } from "./scenes";
import { breakShop, owner, signIn, slowDown } from "./actions";
import { createDatabase, startCluster } from "../../test/harness/postgres";
import { buildIfNeeded, checkNode, installPackages } from "../prepare.mjs";

async function main() {
  checkNode();
  const only = process.argv.slice(2);
  await installPackages();
  await buildIfNeeded();
  const begun = performance.now();
  const stage = await setUp();
  try {
    const failures = await takeAll(stage, only);
    const seconds = Math.round((performance.now() - begun) / 1000);
    console.log(`${stage.album.count()} pictures in ${seconds} s: ${stage.album.index()}`);
    for (const failure of failures) console.error(failure);
    process.exitCode = failures.length > 0 ? 1 : 0;
  } finally {
    await stage.tearDown();
  }
}

/** PostgreSQL, because it can be taken away while the shop runs: that page wants a picture too. */
async function setUp() {
  const cluster = await startCluster();
  const database = await createDatabase(cluster, "pictures");
  const port = String(await getPort());
  const simulator = await startSimulator({ shopUrl: `http://localhost:${port}` });
  const env = { PORT: port, DATABASE_URL: database, SIMULATOR_PORT: String(simulator.port), ...owner.env };
  const app = await startApp({ env });
  const browser = await openBrowser();
  const tearDown = async () => {
    await browser.close();
    await app.stop();
    await simulator.stop();
    await cluster.stop();
  };
  const album = openAlbum(browser);
  return {
    album,
    browser,
    cluster,
    database,
    app,
    simulator: `http://localhost:${simulator.port}`,
    tearDown,
  };
}

/** First what works, then DOKU not answering, then a shop with a fault of its own, at last one without its database. */
async function takeAll(stage, only) {
  const { album, app, cluster } = stage;
  const places = { ...stage, shop: app.url, orders: await prepareOrders(stage) };
  const session = await signIn(stage);
  const chosen = (scenes) =>
    scenes.filter(({ name }) => only.length === 0 || only.some((one) => name.startsWith(one)));
  const failures = await album.take(chosen(calmScenes(places)), session);
  await slowDown(places);
  failures.push(...(await album.take(chosen(slowScenes(places)), session)));
  await breakShop(places);
  failures.push(...(await album.take(chosen(brokenScenes(places)), session)));
  await cluster.immediateStop();
  failures.push(...(await album.take(chosen(awayScenes(places)), session)));
  return failures;
}

for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

main().catch((error) => {
  console.error(error.message);
  process.exit(error.exitCode ?? 1);
});
