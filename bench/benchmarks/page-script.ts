import { gzipSync } from "node:zlib";
import { createDatabase, startCluster } from "../../test/harness/postgres";
import { openBrowser } from "../../test/harness/browser";
import { seedPayments } from "../seed";
import { pause } from "../../test/harness/processes";
import { startApp } from "../../test/harness/servers";
import { kilobytes, ratio } from "../statistics";

const MOST = 25_000;
/** Scripts that are fetched after the page is up, for pages it links to, are loaded all the same. */
const SETTLE = 3000;

/** Every script that the browser fetches for a payment page, less what an empty page of the same build fetches. */
export async function pageScript({ workshop }) {
  const cluster = await startCluster();
  const database = await createDatabase(cluster, "bench_script");
  const app = await startApp({ folder: workshop(), env: { DATABASE_URL: database } });
  const browser = await openBrowser();
  try {
    const [payment] = await seedPayments(database, 1, 1);
    const empty = await scriptsOf(browser, `${app.url}/bench-empty`);
    const page = await scriptsOf(browser, `${app.url}/pay/${payment.orderId}`);
    return [row(page, empty)];
  } finally {
    await browser.close();
    await app.stop();
    await cluster.stop();
  }
}

/** In a fresh context each: what one page left in the cache would not be counted for the other. */
async function scriptsOf(browser, url) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const scripts = new Map();
    page.on("response", (response) => {
      if (response.request().resourceType() === "script") scripts.set(response.url(), response.body());
    });
    const answer = await page.goto(url, { waitUntil: "load" });
    if (answer?.status() !== 200) throw new Error(`${url} answered ${answer?.status()}.`);
    await pause(SETTLE);
    const bodies = await Promise.all(scripts.values());
    if (bodies.length === 0) throw new Error(`${url} loaded no script at all: that cannot be.`);
    return { files: bodies.length, bytes: bodies.reduce((sum, body) => sum + gzipSync(body).length, 0) };
  } finally {
    await context.close();
  }
}

function row(page, empty) {
  const above = page.bytes - empty.bytes;
  return {
    figure: "payment page, script above an empty page, gzip",
    seen: kilobytes(above),
    goal: `at most ${kilobytes(MOST)}`,
    reached: above <= MOST,
    baseline: `empty page: ${kilobytes(empty.bytes)} in ${empty.files} files`,
    ratio: ratio(page.bytes / empty.bytes),
    rounds: `once, it does not vary; ${page.files} files, ${kilobytes(page.bytes)} in all`,
  };
}
