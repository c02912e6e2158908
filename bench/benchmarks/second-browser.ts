import type { Browser, Page } from "@playwright/test";
import { createDatabase, startCluster } from "../../test/harness/postgres";
import { openBrowser } from "../../test/harness/browser";
import { signedNotification } from "../../simulator/messages";
import type { Benchmark, Row } from "../benchmark";
import { countPaid, seedPayments } from "../seed";
import type { SeededPayment } from "../seed";
import { pause } from "../../test/harness/processes";
import { startApp } from "../../test/harness/servers";
import { median, quantile, ratio } from "../statistics";

const ORDERS = 100;
const WARM_UP = 5;
const MAX_P99_MS = 1000;

/** Milliseconds: from the response to the page that shows it, and of one request for the status. */
type Seen = { delay: number; status: number };

declare global {
  /** Set in the page by `noteWhenPaid`. */
  var paidAt: Promise<number>;
}

/** From the 200 to the notification until the second of two browsers on the order shows it as paid. */
export const secondBrowser: Benchmark = async ({ getBuild }) => {
  const cluster = await startCluster();
  const database = await createDatabase(cluster, "bench_browser");
  const app = await startApp({ folder: getBuild(), env: { DATABASE_URL: database } });
  const browser = await openBrowser();
  try {
    const payments = await seedPayments(database, 1, WARM_UP + ORDERS);
    const pages: [Page, Page] = [await openPage(browser), await openPage(browser)];
    const seen: Seen[] = [];
    for (const payment of payments) seen.push(await measurePayment(pages, app.url, payment));
    const { payments: paid } = await countPaid(database);
    if (paid !== payments.length) throw new Error(`${paid} of ${payments.length} payments are paid.`);
    return [toRow(seen.slice(WARM_UP))];
  } finally {
    await browser.close();
    await app.stop();
    await cluster.stop();
  }
};

/** Each in its own context, as on two devices. */
async function openPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext();
  return context.newPage();
}

async function measurePayment(
  [first, second]: [Page, Page],
  appUrl: string,
  payment: SeededPayment,
): Promise<Seen> {
  const address = `${appUrl}/pay/${payment.orderId}`;
  await Promise.all([show(first, address), show(second, address)]);
  await second.evaluate(noteWhenPaid);
  const status = await second.evaluate(timeStatusRequest, `/api/orders/${payment.orderId}/status`);
  // At a random moment between two polls of the page, so that the polls do not make the stream look faster.
  await pause(100 + Math.random() * 400);
  const answeredAt = await notify(appUrl, payment);
  const paidAt = await second.evaluate(() => globalThis.paidAt);
  return { delay: Math.max(0, paidAt - answeredAt), status };
}

/** Waits until the stream is open: the stream is measured, not the polls of the page. */
async function show(page: Page, address: string): Promise<void> {
  const stream = page.waitForResponse((response) => response.url().endsWith("/events"));
  await page.goto(address);
  await stream;
  await page.waitForSelector('[data-status="awaiting_payment"]');
}

/** Runs in the page, whose clock is the same as ours. No function in it has a name: tsx would call a helper that the page lacks. */
function noteWhenPaid(): void {
  globalThis.paidAt = new Promise((paid) => {
    new MutationObserver(() => {
      if (document.querySelector('[data-status="paid"]')) paid(Date.now());
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
  });
}

/** Runs in the page: how long one request for the status takes, the least that a page can wait. */
async function timeStatusRequest(path: string): Promise<number> {
  const begun = performance.now();
  await (await fetch(path)).json();
  return performance.now() - begun;
}

async function notify(appUrl: string, payment: SeededPayment): Promise<number> {
  const { body, headers } = signedNotification(payment);
  const answer = await fetch(`${appUrl}/api/doku/notifications`, { method: "POST", headers, body });
  const answeredAt = Date.now();
  if (answer.status !== 200) throw new Error(`A notification was answered ${answer.status}.`);
  await answer.text();
  return answeredAt;
}

function toRow(seen: Seen[]): Row {
  const delays = seen.map(({ delay }) => delay);
  const p99 = quantile(delays, 0.99);
  const slowest = quantile(delays, 1);
  const status = median(seen.map(({ status }) => status));
  return {
    figure: "notification answered -> second browser shows paid",
    seen: `p99 ${Math.round(p99)} ms, median ${Math.round(median(delays))} ms`,
    goal: `p99 at most ${MAX_P99_MS} ms`,
    reached: p99 <= MAX_P99_MS,
    baseline: `asking for the status once: ${status.toFixed(1)} ms`,
    ratio: ratio(median(delays) / status),
    rounds: `${seen.length} orders, the slowest ${Math.round(slowest)} ms`,
  };
}
