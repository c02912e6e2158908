import http from "node:http";
import type { SeededPayment } from "../../bench/seed";
import { quantile } from "../../bench/statistics";
import { pause } from "../../test/harness/processes";
import type { Result, Scenario } from "../scenario";
import { checkLedger } from "../tools/check-ledger";
import { startShopper } from "../tools/doku";
import type { DeliveredNotification, TestDoku } from "../tools/doku";
import { createSeed, startBehindBalancer, startKillableApp, withEnvironment } from "../tools/environments";
import type { CloseLater, KillableApp } from "../tools/environments";
import { startLoad } from "../tools/load";
import type { Load } from "../tools/load";
import type { Query } from "../tools/query";
import { startViewer } from "../tools/viewer";
import type { Viewer } from "../tools/viewer";

const MAX_STOP_MS = 10_000;
const DISCONNECT_EVERY_MS = 3000;
const DOWN_FOR_MS = 500;

type Size = {
  restarts: number;
  kills: number;
  pauses: number;
  pauseSeconds: number;
  viewers: number;
  /** How soon every page must show its payment. */
  maxDelaySeconds: number;
};

type Findings = {
  problems: string[];
  /** Durations of graceful stops in milliseconds. */
  stopsMs: number[];
  /** How long pages took to show their payment, in milliseconds. */
  delaysMs: number[];
  /** How often a notification had to be sent again. */
  retries: number;
  /** Streams that a stop did not end properly. */
  brokenOff: number;
  maxDelayMs: number;
};

/**
 * Two apps behind a balancer under load. They are restarted in turn, killed, frozen, and cut off from the database's
 * notifications.
 */
export const twoProcesses: Scenario<Size> = ({ random, beside, ...size }) =>
  withEnvironment(
    (later) => startTwoApps(later, beside),
    async (environment) => {
      const { restarts, kills, pauses, pauseSeconds, viewers } = size;
      const payments: SeededPayment[] = await environment.seed(5000);
      const address = () => environment.balancer.address;
      const load = startLoad({ payments, random, senders: 4, address });
      const findings: Findings = {
        problems: [],
        stopsMs: [],
        delaysMs: [],
        retries: 0,
        brokenOff: 0,
        maxDelayMs: size.maxDelaySeconds * 1000,
      };
      const stopDisconnecting = startDisconnectingListeners(environment.query);
      const refill = setInterval(async () => {
        if (payments.length < 3000) payments.push(...(await environment.seed(2000)));
      }, 1000);
      const test = { ...environment, load, findings };
      try {
        for (let turn = 0; turn < Math.max(restarts, kills, pauses); turn++) {
          const app = environment.apps[turn % 2 === 0 ? 0 : 1];
          if (turn < restarts) await payDuring(test, viewers, () => restart(app, test));
          if (turn < kills) await payDuring(test, viewers, () => killAndStart(app));
          if (turn < pauses) await payDuring(test, viewers, () => freeze(app, pauseSeconds));
        }
      } finally {
        clearInterval(refill);
        stopDisconnecting();
        await load.stop();
      }
      for (const app of environment.apps) await app.kill();
      return report(test, `${restarts} restarts, ${kills} kills, ${pauses} pauses of ${pauseSeconds} s`);
    },
  );

type Test = Awaited<ReturnType<typeof startTwoApps>> & { load: Load; findings: Findings };

/** @param beside the folder of another build for the second app, as during an update */
async function startTwoApps(later: CloseLater, beside: string | undefined) {
  const { databaseUrl, addresses, env, ...base } = await startBehindBalancer(later);
  const apps: [KillableApp, KillableApp] = await Promise.all([
    startKillableApp(env),
    startKillableApp(env, beside),
  ]);
  for (const app of apps) later(() => app.kill());
  addresses.push(...apps.map(({ address }) => address));
  const shopper = await startShopper({ databaseUrl, doku: base.doku });
  later(() => shopper.close());
  return { ...base, apps, shopper, seed: createSeed(databaseUrl) };
}

/** An app that is stopping may answer 503. DOKU would retry after half an hour; this retries sooner. */
async function waitUntilAcknowledged(
  doku: TestDoku,
  notification: DeliveredNotification,
  findings: Findings,
): Promise<void> {
  const isAcknowledged = ({ attempts }: DeliveredNotification) =>
    attempts.some(({ status }) => status === 200);
  let current = notification;
  for (let time = 0; !isAcknowledged(current); time++) {
    if (time === 10)
      return void findings.problems.push(
        "a payment at the till was never acknowledged, although an app was there",
      );
    await pause(300);
    findings.retries++;
    current = await doku.retryNotification(notification.id);
  }
}

type WatchedPage = { viewer: Viewer; acknowledgedAt: number; shownAt: number | undefined };

/** Shoppers watch their pages and pay at the till during the fault; all pages must show it in time. */
async function payDuring(
  { balancer, doku, shopper, load, findings }: Test,
  viewers: number,
  injectFault: () => Promise<void>,
): Promise<void> {
  const watched: { code: string; page: WatchedPage }[] = [];
  for (let at = 0; at < viewers; at++) {
    const { orderId, code, invoice } = await shopper.order(`Penonton ${at}`);
    load.sent.add(invoice);
    const viewer = startViewer(balancer.address, orderId);
    watched.push({ code, page: { viewer, acknowledgedAt: Infinity, shownAt: undefined } });
  }
  await pause(500);
  const fault = injectFault();
  for (const { code, page } of watched) {
    await pause(300);
    const { notification } = await doku.payAtTill(code);
    await waitUntilAcknowledged(doku, notification, findings);
    void page.viewer.paid.then((at) => (page.shownAt = at));
    page.acknowledgedAt = performance.now();
  }
  await fault;
  const allShown = Promise.all(watched.map(({ page }) => page.viewer.paid));
  await Promise.race([allShown, pause(findings.maxDelayMs)]);
  for (const { page } of watched) checkPage(page, findings);
}

function checkPage({ viewer, acknowledgedAt, shownAt }: WatchedPage, findings: Findings): void {
  const { problems, delaysMs, maxDelayMs } = findings;
  const { versions } = viewer.state;
  const delay = shownAt === undefined ? Infinity : shownAt - acknowledgedAt;
  viewer.stop();
  delaysMs.push(Math.max(0, Math.min(delay, 60_000)));
  if (delay > maxDelayMs)
    problems.push(`a page did not show the payment within ${maxDelayMs} ms (${Math.round(delay)})`);
  if (versions.some((version, at) => version < (versions[at - 1] ?? version)))
    problems.push("a page went back in time");
}

/** A graceful stop: streams end and say when to reconnect, no new request is accepted, and it ends within ten seconds. */
async function restart(app: KillableApp, { shopper, findings }: Test): Promise<void> {
  const { problems, stopsMs } = findings;
  const viewer = startViewer(app.address, (await shopper.order("Penonton")).orderId);
  await pause(700);
  const stopping = app.stop();
  const newRequest = pause(1000).then(() => isServing(app));
  const stopMs = await stopping;
  stopsMs.push(stopMs);
  if (stopMs > MAX_STOP_MS) problems.push(`a graceful stop took ${Math.round(stopMs)} ms`);
  if (await newRequest) problems.push("an app accepted a connection a second after SIGTERM");
  if (!viewer.state.toldToReconnect) problems.push("a stream did not say when to reconnect");
  // Reported only: a browser reconnects after a broken stream as after a proper end.
  if (viewer.state.ends === 0) findings.brokenOff++;
  viewer.stop();
  await app.start();
}

/** Whether a new connection is served. */
function isServing({ address }: KillableApp): Promise<boolean> {
  return new Promise((answered) => {
    const request = http.get(`${address}/api/health`, { agent: false, timeout: 2000 }, (response) => {
      response.resume();
      answered(response.statusCode === 200);
    });
    request.once("timeout", () => request.destroy());
    request.once("error", () => answered(false));
  });
}

async function killAndStart(app: KillableApp): Promise<void> {
  await app.kill();
  await pause(DOWN_FOR_MS);
  await app.start();
}

async function freeze(app: KillableApp, seconds: number): Promise<void> {
  app.signal("SIGSTOP");
  await pause(seconds * 1000);
  app.signal("SIGCONT");
}

/** Every few seconds the database ends the connections that LISTEN. @returns a function that stops this */
function startDisconnectingListeners(query: Query): () => void {
  const disconnect = () =>
    query(`select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%'`).catch(
      () => undefined,
    );
  const timer = setInterval(disconnect, DISCONNECT_EVERY_MS);
  return () => clearInterval(timer);
}

async function report({ query, doku, load, findings }: Test, times: string): Promise<Result> {
  const { problems, stopsMs, delaysMs, retries, brokenOff } = findings;
  const check = await checkLedger(query, load);
  const [receipts] = await query<{ paid: number }>(
    `select count(*)::int as paid from receipts r join payments p on p.id = r.payment_id
    where p.invoice_number not like 'BENCH-%'`,
  );
  const recorded = receipts?.paid ?? 0;
  const paid = (await doku.listPayments()).length;
  const unexpected = Object.keys(load.statuses).filter(
    (status) => !["200", "502", "503", "none"].includes(status),
  );
  return {
    what: "two apps, one PostgreSQL",
    howMany: `${times}, ${load.acked.size} acknowledged, ${delaysMs.length} pages`,
    lost: check.lost + Math.max(0, paid - recorded),
    twice: check.twice + Math.max(0, recorded - paid),
    wrong: check.wrong + problems.length + unexpected.length,
    problems: [...check.problems, ...problems, ...unexpected.map((status) => `answered ${status}`)],
    note:
      `answers ${JSON.stringify(load.statuses)}; pages saw it after ${Math.round(quantile(delaysMs, 0.5))} ms, ` +
      `p99 ${Math.round(quantile(delaysMs, 0.99))} ms; the slowest stop took ${Math.round(Math.max(0, ...stopsMs))} ms; ` +
      `${retries} sent again, ${brokenOff} streams broke off at a stop`,
  };
}
