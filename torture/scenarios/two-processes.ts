import http from "node:http";
import { pause } from "../../test/harness/processes";
import { quantile } from "../../bench/statistics";
import { checkBooks } from "../tools/check-ledger";
import { startShopper } from "../tools/doku";
import { startLoad } from "../tools/load";
import { behindBalancer, inPlace, seederOf, startMortal } from "../tools/environments";
import { startViewer } from "../tools/viewer";

/** Milliseconds. */
const STOPPED_WITHIN = 10_000;
const HANG_UP_EVERY = 3000;
const GONE_FOR = 500;

/**
 * Two apps behind a balancer, restarted in turn, killed, frozen for so many seconds and cut off from the database's
 * news, while payments come in. All pages must show theirs `within` so many seconds.
 */
export const twoProcesses = ({ restarts, kills, pauses, seconds, viewers, within, random, beside }) =>
  inPlace(placeWith(beside), async (here) => {
    const payments = await here.seed(5000);
    const load = startLoad({ payments, random, senders: 4, address: () => here.balancer.address });
    here.sent = load.sent;
    const findings = { words: [], stops: [], seen: [], again: [], brokenOff: 0, within: within * 1000 };
    const stopHanging = hangUpListeners(here.query);
    const refill = setInterval(
      async () => payments.length < 3000 && payments.push(...(await here.seed(2000))),
      1000,
    );
    try {
      for (let turn = 0; turn < Math.max(restarts, kills, pauses); turn++) {
        const app = here.apps[turn % 2];
        if (turn < restarts) await amid(here, findings, viewers, () => restart(app, { here, findings }));
        if (turn < kills) await amid(here, findings, viewers, () => kill(app));
        if (turn < pauses) await amid(here, findings, viewers, () => freeze(app, seconds));
      }
    } finally {
      clearInterval(refill);
      await stopHanging();
      await load.stop();
    }
    for (const app of here.apps) await app.kill();
    return report({
      here,
      load,
      findings,
      times: `${restarts} restarts, ${kills} kills, ${pauses} pauses of ${seconds} s`,
    });
  });

/** @param beside the folder of another build for the second app, as while a shop is updated */
const placeWith = (beside) => async (later) => {
  const { databaseUrl, addresses, env, ...base } = await behindBalancer(later);
  const apps = await Promise.all([startMortal(env), startMortal(env, beside)]);
  for (const app of apps) later(() => app.end());
  addresses.push(...apps.map(({ address }) => address));
  const shopper = await startShopper({ databaseUrl, doku: base.doku });
  later(() => shopper.close());
  return { ...base, apps, shopper, seed: seederOf(databaseUrl) };
};

/** An app that is just going may say 503, and DOKU comes again; here sooner than after half an hour. */
async function untilTold(doku, notification, { words, again }) {
  const isTold = ({ status }) => status === 200;
  for (let told = notification.attempts.some(isTold), time = 0; !told; time++) {
    if (time === 10)
      return void words.push("a payment at the till was never acknowledged, although an app was there");
    await pause(300);
    again.push(notification.id);
    told = (await doku.tellAgain(notification.id)).attempts.some(isTold);
  }
}

/** Shoppers look at their pages and pay at the till while `strike` happens; all pages must say so in time. */
async function amid({ balancer, doku, shopper, sent }, findings, viewers, strike) {
  const orders = [];
  for (let at = 0; at < viewers; at++) orders.push(await shopper.order(`Penonton ${at}`));
  for (const { invoice } of orders) sent.add(invoice);
  const pages = orders.map(({ orderId }) => startViewer(balancer.address, orderId));
  await pause(500);
  const striking = strike();
  for (const [at, { code }] of orders.entries()) {
    await pause(300);
    const { notification } = await doku.payAtTill(code);
    await untilTold(doku, notification, findings);
    void pages[at].paid.then((when) => (pages[at].paidSeen = when));
    pages[at].toldAt = performance.now();
  }
  await striking;
  await Promise.race([Promise.all(pages.map(({ paid }) => paid)), pause(findings.within)]);
  for (const page of pages) judge(page, findings);
}

function judge(page, { words, seen, within }) {
  const { versions } = page.state;
  const late = page.paidSeen === undefined ? Infinity : page.paidSeen - page.toldAt;
  page.stop();
  seen.push(Math.max(0, Math.min(late, 60_000)));
  if (late > within) words.push(`a page did not show the payment within ${within} ms (${Math.round(late)})`);
  if (versions.some((version, at) => at > 0 && version < versions[at - 1]))
    words.push("a page went back in time");
}

/** Gracefully: streams end and say when to come back, nothing new is taken, and it is over within ten seconds. */
async function restart(app, { here, findings }) {
  const { words, stops } = findings;
  const page = startViewer(app.address, (await here.shopper.order("Penonton")).orderId);
  await pause(700);
  const stopping = app.stop();
  const newcomer = pause(1000).then(() => asks(app));
  stops.push(await stopping);
  if (stops.at(-1) > STOPPED_WITHIN) words.push(`a graceful stop took ${Math.round(stops.at(-1))} ms`);
  if (await newcomer) words.push("an app took work a second after it was told to stop");
  if (!page.state.toldToComeBack) words.push("a stream did not say when to come back");
  // To a browser the same as an end: it comes back. So it is only told.
  if (page.state.ends === 0) findings.brokenOff++;
  page.stop();
  await app.start();
}

/** Whether somebody new is served. */
function asks({ address }) {
  return new Promise((answered) => {
    const request = http.get(`${address}/api/health`, { agent: false, timeout: 2000 }, (response) => {
      response.resume();
      answered(response.statusCode === 200);
    });
    request.once("timeout", () => request.destroy());
    request.once("error", () => answered(false));
  });
}

async function kill(app) {
  await app.kill();
  await pause(GONE_FOR);
  await app.start();
}

async function freeze(app, seconds) {
  app.signal("SIGSTOP");
  await pause(seconds * 1000);
  app.signal("SIGCONT");
}

/** Every few seconds the database hangs up on those who listen. */
function hangUpListeners(query) {
  const hangUp = () =>
    query(`select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%'`).catch(
      () => undefined,
    );
  const timer = setInterval(hangUp, HANG_UP_EVERY);
  return async () => clearInterval(timer);
}

async function report({ here, load, findings, times }) {
  const { words, stops, seen, again, brokenOff } = findings;
  const check = await checkBooks(here.query, load);
  const [books] =
    await here.query(`select count(*)::int as paid from receipts r join payments p on p.id = r.payment_id
    where p.invoice_number not like 'BENCH-%'`);
  const ledger = (await here.doku.ledger()).length;
  const lost = Math.max(0, ledger - books.paid);
  const strange = Object.keys(load.statuses).filter(
    (status) => !["200", "502", "503", "none"].includes(status),
  );
  return {
    what: "two apps, one PostgreSQL",
    howMany: `${times}, ${load.acked.size} acknowledged, ${seen.length} pages`,
    ...check,
    lost: check.lost + lost,
    twice: check.twice + Math.max(0, books.paid - ledger),
    wrong: check.wrong + words.length + strange.length,
    words: [...check.words, ...words, ...strange.map((status) => `answered ${status}`)],
    note:
      `answers ${JSON.stringify(load.statuses)}; pages saw it after ${Math.round(quantile(seen, 0.5))} ms, ` +
      `p99 ${Math.round(quantile(seen, 0.99))} ms; the slowest stop took ${Math.round(Math.max(0, ...stops))} ms; ` +
      `${again.length} told again, ${brokenOff} streams broke off at a stop`,
  };
}
