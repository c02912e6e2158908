import { gzipSync } from "node:zlib";
import type { Browser } from "@playwright/test";
import { createDatabase, startCluster } from "../../test/harness/postgres";
import { openBrowser } from "../../test/harness/browser";
import { seedPayments } from "../seed";
import { pause } from "../../test/harness/processes";
import { startApp } from "../../test/harness/servers";
import type { Benchmark, Row } from "../benchmark";
import { kilobytes, ratio } from "../statistics";

const MAX_BYTES = 20_000;
/** Scripts that are fetched later, for pages that it links to, count too. */
const SETTLE_MS = 3000;

type Scripts = { files: number; bytes: number };

/** The scripts that the browser fetches for a payment page, minus those of an empty page of the same build. */
export const pageScript: Benchmark = async ({ getBuild }) => {
  const cluster = await startCluster();
  const database = await createDatabase(cluster, "bench_script");
  const app = await startApp({ folder: getBuild(), env: { DATABASE_URL: database } });
  const browser = await openBrowser();
  try {
    const [payment] = await seedPayments(database, 1, 1);
    if (!payment) throw new Error("No payment was seeded.");
    const empty = await measureScripts(browser, `${app.url}/bench-empty`);
    const page = await measureScripts(browser, `${app.url}/pay/${payment.orderId}`);
    return [toRow(page, empty)];
  } finally {
    await browser.close();
    await app.stop();
    await cluster.stop();
  }
};

/** Each page in a new context, so that nothing comes from the cache. */
async function measureScripts(browser: Browser, url: string): Promise<Scripts> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const scripts = new Map<string, Promise<Buffer>>();
    page.on("response", (response) => {
      if (response.request().resourceType() === "script") scripts.set(response.url(), response.body());
    });
    const answer = await page.goto(url, { waitUntil: "load" });
    if (answer?.status() !== 200) throw new Error(`${url} answered ${answer?.status()}.`);
    await pause(SETTLE_MS);
    const bodies = await Promise.all(scripts.values());
    if (bodies.length === 0) throw new Error(`${url} loaded no script at all: that cannot be.`);
    return { files: bodies.length, bytes: bodies.reduce((sum, body) => sum + gzipSync(body).length, 0) };
  } finally {
    await context.close();
  }
}

function toRow(page: Scripts, empty: Scripts): Row {
  const above = page.bytes - empty.bytes;
  return {
    figure: "payment page, script above an empty page, gzip",
    seen: kilobytes(above),
    goal: `at most ${kilobytes(MAX_BYTES)}`,
    reached: above <= MAX_BYTES,
    baseline: `empty page: ${kilobytes(empty.bytes)} in ${empty.files} files`,
    ratio: ratio(page.bytes / empty.bytes),
    rounds: `once, it does not vary; ${page.files} files, ${kilobytes(page.bytes)} in all`,
  };
}
