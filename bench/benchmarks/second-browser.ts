import { createDatabase, startCluster } from "../../test/harness/postgres";
import { openBrowser } from "../../test/harness/browser";
import { signedNotification } from "../../simulator/messages";
import { countPaid, seedPayments } from "../seed";
import { pause } from "../../test/harness/processes";
import { startApp } from "../../test/harness/servers";
import { median, quantile, ratio } from "../statistics";

const ORDERS = 100;
const WARM_UP = 5;
const MOST = 1000;

/** From the 200 that answers the notification to the word "paid" in the second of two browsers on the order. */
export async function secondBrowser({ workshop }) {
  const cluster = await startCluster();
  const database = await createDatabase(cluster, "bench_browser");
  const app = await startApp({ folder: workshop(), env: { DATABASE_URL: database } });
  const browser = await openBrowser();
  try {
    const payments = await seedPayments(database, 1, WARM_UP + ORDERS);
    const pages = [await openPage(browser), await openPage(browser)];
    const seen = [];
    for (const payment of payments) seen.push(await payBefore(pages, { app, payment }));
    const { payments: paid } = await countPaid(database);
    if (paid !== payments.length) throw new Error(`${paid} of ${payments.length} payments are paid.`);
    return [row(seen.slice(WARM_UP))];
  } finally {
    await browser.close();
    await app.stop();
    await cluster.stop();
  }
}

/** Each in a context of its own, as on two devices: nothing is shared but the server. */
async function openPage(browser) {
  const context = await browser.newContext();
  return context.newPage();
}

async function payBefore([first, second], { app, payment }) {
  const address = `${app.url}/pay/${payment.orderId}`;
  await Promise.all([show(first, address), show(second, address)]);
  await second.evaluate(noteWhenPaid);
  const status = await second.evaluate(timeOfStatus, `/api/orders/${payment.orderId}/status`);
  // Anywhere between two of the page's own questions, so that those cannot make the stream look good.
  await pause(100 + Math.random() * 400);
  const answeredAt = await notify(app.url, payment);
  const paidAt = await second.evaluate(() => globalThis.paidAt);
  return { delay: Math.max(0, paidAt - answeredAt), status };
}

/** The stream must be open: what is measured is the stream, not the page's own asking every few seconds. */
async function show(page, address) {
  const stream = page.waitForResponse((response) => response.url().endsWith("/events"));
  await page.goto(address);
  await stream;
  await page.waitForSelector('[data-status="awaiting_payment"]');
}

/** In the page. The clock of both sides is the machine's. */
function noteWhenPaid() {
  const isPaid = () => document.querySelector('[data-status="paid"]') !== null;
  globalThis.paidAt = new Promise((paid) => {
    const observer = new MutationObserver(() => isPaid() && paid(Date.now()));
    observer.observe(document.body, { subtree: true, childList: true, attributes: true });
  });
}

/** In the page: the least that any such page has to wait for, the answer to its question. */
async function timeOfStatus(path) {
  const begun = performance.now();
  await (await fetch(path)).json();
  return performance.now() - begun;
}

async function notify(appUrl, payment) {
  const { body, headers } = signedNotification(payment);
  const answer = await fetch(`${appUrl}/api/doku/notifications`, { method: "POST", headers, body });
  const answeredAt = Date.now();
  if (answer.status !== 200) throw new Error(`A notification was answered ${answer.status}.`);
  await answer.text();
  return answeredAt;
}

function row(seen) {
  const delays = seen.map(({ delay }) => delay);
  const [p99, most] = [quantile(delays, 0.99), quantile(delays, 1)];
  const status = median(seen.map(({ status }) => status));
  return {
    figure: "notification answered -> second browser shows paid",
    seen: `p99 ${Math.round(p99)} ms, median ${Math.round(median(delays))} ms`,
    goal: `p99 at most ${MOST} ms`,
    reached: p99 <= MOST,
    baseline: `asking for the status once: ${status.toFixed(1)} ms`,
    ratio: ratio(median(delays) / status),
    rounds: `${seen.length} orders, the slowest ${Math.round(most)} ms`,
  };
}
