import { gzipSync } from "node:zlib";
import type { Browser, CDPSession, Page } from "@playwright/test";
import { createDatabase, startCluster } from "../../test/harness/postgres";
import { openBrowser } from "../../test/harness/browser";
import { pause } from "../../test/harness/processes";
import { startApp } from "../../test/harness/servers";
import type { Benchmark, Row } from "../benchmark";
import { seedPayments } from "../seed";
import { kilobytes, median } from "../statistics";

const MAX_FIRST_VIEW_BYTES = 70_000;
const MAX_PAINT_MS = 1800;
const MAX_HOUR_BYTES = 200_000;
/** Of the time that a page waits, on a whole processor. An animation that paints in every frame took 11 %. */
const MAX_BUSY_SHARE = 0.02;
const LOADS = 5;
/** Two of the questions that a page asks once a minute fall into it. */
const WAIT_MS = 120_000;
const HOUR_MS = 3_600_000;

/** As Lighthouse simulates a phone: slow 4G, and a processor of a quarter of this one's speed. */
const slow4G = { offline: false, latency: 150, downloadThroughput: 204_800, uploadThroughput: 93_750 };
const SLOWER_PROCESSOR = 4;

/** What a phone loads before it shows the code, how soon it does, and what waiting for the payment costs. */
export const paymentPage: Benchmark = async ({ getBuild }) => {
  const cluster = await startCluster();
  const database = await createDatabase(cluster, "bench_page");
  const app = await startApp({
    folder: getBuild(),
    env: { DATABASE_URL: database, RECONCILE_IN_APP: "false" },
  });
  const browser = await openBrowser();
  try {
    const [payment] = await seedPayments(database, 1, 1);
    if (!payment) throw new Error("No payment was seeded.");
    const url = `${app.url}/pay/${payment.orderId}`;
    const bytes = await onPhone(browser, (page) => measureFirstView(page, url));
    const paints: Paint[] = [];
    for (let load = 0; load < LOADS; load++)
      paints.push(await onPhone(browser, (page, phone) => measurePaint(page, phone, url)));
    const waiting = await onPhone(browser, (page, phone) => measureWaiting(page, phone, url));
    return [toViewRow(bytes), ...toPaintRows(paints), ...toWaitingRows(waiting)];
  } finally {
    await browser.close();
    await app.stop();
    await cluster.stop();
  }
};

/** Each time a new browser context, so that nothing comes from a cache. */
async function onPhone<T>(browser: Browser, work: (page: Page, phone: CDPSession) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, hasTouch: true });
  try {
    const page = await context.newPage();
    return await work(page, await context.newCDPSession(page));
  } finally {
    await context.close();
  }
}

/** HTML, style sheets and fonts, gzipped; fonts are compressed already. */
async function measureFirstView(page: Page, url: string): Promise<number> {
  const bodies = new Map<string, { type: string; body: Promise<Buffer> }>();
  page.on("response", (response) => {
    const type = response.request().resourceType();
    if (["document", "stylesheet", "font"].includes(type))
      bodies.set(response.url(), { type, body: response.body() });
  });
  await page.goto(url, { waitUntil: "load" });
  await page.locator("[data-code]").waitFor();
  await page.evaluate(() => document.fonts.ready);
  const sizes = await Promise.all(
    [...bodies.values()].map(async ({ type, body }) =>
      type === "font" ? (await body).length : gzipSync(await body).length,
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

type Paint = { largestMs: number; shift: number };

async function measurePaint(page: Page, phone: CDPSession, url: string): Promise<Paint> {
  await phone.send("Network.enable");
  await phone.send("Network.emulateNetworkConditions", slow4G);
  await phone.send("Emulation.setCPUThrottlingRate", { rate: SLOWER_PROCESSOR });
  await page.addInitScript(() => {
    const seen = { largestMs: 0, shift: 0 };
    Object.assign(globalThis, { seen });
    for (const type of ["largest-contentful-paint", "layout-shift"])
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          if (type === "largest-contentful-paint") seen.largestMs = entry.startTime;
          else seen.shift += (entry as PerformanceEntry & { value: number }).value;
        }
      }).observe({ type, buffered: true });
  });
  await page.goto(url, { waitUntil: "load" });
  await page.locator("[data-code]").waitFor();
  await pause(2000);
  const seen = await page.evaluate(() => (globalThis as unknown as { seen: Paint }).seen);
  if (seen.largestMs === 0) throw new Error("The browser reported no paint: that cannot be.");
  return seen;
}

type Waiting = { hourBytes: number; busyShare: number };

/** What the network carries while the page waits, once it is loaded, headers too; and how busy the page's thread is. */
async function measureWaiting(page: Page, phone: CDPSession, url: string): Promise<Waiting> {
  await page.goto(url, { waitUntil: "load" });
  await page.locator("[data-code]").waitFor();
  await pause(5000);
  let bytes = 0;
  phone.on(
    "Network.dataReceived",
    ({ dataLength, encodedDataLength }) => (bytes += encodedDataLength || dataLength),
  );
  phone.on("Network.responseReceived", ({ response }) => (bytes += response.encodedDataLength));
  await phone.send("Network.enable");
  await phone.send("Performance.enable");
  const busyBefore = await getBusyMs(phone);
  await pause(WAIT_MS);
  if (bytes === 0) throw new Error("The page asked nothing while it waited: that cannot be.");
  const busyShare = ((await getBusyMs(phone)) - busyBefore) / WAIT_MS;
  return { hourBytes: bytes * (HOUR_MS / WAIT_MS), busyShare };
}

async function getBusyMs(phone: CDPSession): Promise<number> {
  const { metrics } = await phone.send("Performance.getMetrics");
  const seconds = metrics.find(({ name }) => name === "TaskDuration")?.value;
  if (seconds === undefined) throw new Error("The browser does not say how busy the page is.");
  return seconds * 1000;
}

const toViewRow = (bytes: number): Row => ({
  figure: "payment page, HTML, style sheets and fonts of the first view, gzip",
  seen: kilobytes(bytes),
  goal: `at most ${kilobytes(MAX_FIRST_VIEW_BYTES)}`,
  reached: bytes <= MAX_FIRST_VIEW_BYTES,
  rounds: "once, it does not vary",
});

function toPaintRows(paints: Paint[]): Row[] {
  const largestMs = median(paints.map((paint) => paint.largestMs));
  const shift = Math.max(...paints.map((paint) => paint.shift));
  const rounds = `of ${LOADS} loads, slow 4G, ${SLOWER_PROCESSOR} x slower processor`;
  return [
    {
      figure: "payment page, largest paint",
      seen: `${Math.round(largestMs)} ms`,
      goal: `at most ${MAX_PAINT_MS} ms`,
      reached: largestMs <= MAX_PAINT_MS,
      rounds: `median ${rounds}`,
    },
    {
      figure: "payment page, layout shift",
      seen: shift.toFixed(3),
      goal: "0",
      reached: shift === 0,
      rounds: `most ${rounds}`,
    },
  ];
}

function toWaitingRows({ hourBytes, busyShare }: Waiting): Row[] {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  return [
    {
      figure: "payment page, data in an hour of waiting",
      seen: kilobytes(hourBytes),
      goal: `at most ${kilobytes(MAX_HOUR_BYTES)}`,
      reached: hourBytes <= MAX_HOUR_BYTES,
      rounds: `${WAIT_MS / 1000} s, times ${HOUR_MS / WAIT_MS}`,
    },
    {
      figure: "payment page, its thread busy while it waits",
      seen: percent(busyShare),
      goal: `at most ${percent(MAX_BUSY_SHARE)}`,
      reached: busyShare <= MAX_BUSY_SHARE,
      rounds: `${WAIT_MS / 1000} s, the full processor`,
    },
  ];
}
