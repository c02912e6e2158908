import http from "node:http";
import { pause, residentBytes } from "../../../bench/servers.mjs";
import { quantile } from "../../../bench/statistics.mjs";
import { checkBooks } from "../tools/check.mjs";
import { post } from "../tools/load.mjs";
import { messageOf } from "../tools/messages.mjs";
import { inPlace, onPostgres } from "../tools/places.mjs";

/** Below the caps of lib/server/event-stream.ts: ten of an order, twenty of a client. */
const OF_AN_ORDER = 5;
const OF_A_CLIENT = 20;
const OPENED_TOGETHER = 50;
/** Milliseconds. */
const PAID_EVERY = 20;
const PATIENCE = 10_000;

/** Thousands look at their payment pages at once; whoever has paid hears of it, and nobody else does. */
export const viewers = ({ streams, random }) =>
  inPlace(onPostgres(), async ({ app, seed, query }) => {
    const payments = await seed(streams / OF_AN_ORDER);
    const [paying, waiting] = [[], []];
    for (const payment of payments) (random.chance(0.8) ? paying : waiting).push(payment);
    const agent = new http.Agent({ keepAlive: true });
    const told = { acked: new Map(), sent: new Set(), at: new Map() };
    // The first payments find code that was never run, which is no viewer's memory.
    for (const payment of await seed(50)) await pay({ app, agent, told }, payment);
    const before = residentBytes(app.pid());
    const pages = await openAll(app.address, payments);
    const each = (residentBytes(app.pid()) - before) / streams;
    await payAll({ app, agent, pages, told }, paying);
    agent.destroy();
    const words = judge(pages, { paying, waiting });
    const check = await checkBooks(query, told);
    const delays = paying.flatMap(({ orderId }) =>
      pages.get(orderId).map(({ nudgedAt }) => nudgedAt - told.at.get(orderId)),
    );
    for (const page of [...pages.values()].flat()) page.close();
    return {
      what: "viewers of one process",
      howMany: `${streams} streams, ${paying.length} of ${payments.length} orders paid`,
      ...check,
      wrong: check.wrong + words.length,
      words: [...check.words, ...words.slice(0, 5)],
      note:
        `heard of it after ${quantile(delays, 0.5).toFixed(0)} ms, p99 ${quantile(delays, 0.99).toFixed(0)} ms; ` +
        `${(each / 1000).toFixed(0)} KB for each stream`,
    };
  });

/** @returns the pages of every order */
async function openAll(address, payments) {
  const pages = new Map(payments.map(({ orderId }) => [orderId, []]));
  const wanted = payments.flatMap(({ orderId }) => Array.from({ length: OF_AN_ORDER }, () => orderId));
  for (let from = 0; from < wanted.length; from += OPENED_TOGETHER) {
    const opened = wanted
      .slice(from, from + OPENED_TOGETHER)
      .map((orderId, at) => openPage(address, { orderId, client: Math.floor((from + at) / OF_A_CLIENT) }));
    for (const page of await Promise.all(opened)) pages.get(page.orderId).push(page);
  }
  return pages;
}

/** Resolves when the first bytes are there. */
function openPage(address, { orderId, client }) {
  const headers = { "x-forwarded-for": `10.0.${client >> 8}.${client & 255}` };
  return new Promise((opened, fail) => {
    const request = http.get(
      `${address}/api/orders/${orderId}/events`,
      { agent: false, headers },
      (response) => {
        const page = {
          orderId,
          status: response.statusCode,
          nudgedAt: undefined,
          close: () => request.destroy(),
        };
        response.setEncoding("utf8");
        response.on("data", (text) => {
          if (text.includes("event: nudge")) page.nudgedAt ??= performance.now();
          opened(page);
        });
        response.once("end", () => opened(page));
        response.on("error", () => undefined);
      },
    );
    request.once("error", fail);
  });
}

/** One after another, as tills do; then waits until every page has heard of its payment, or patience is at an end. */
async function payAll({ pages, ...how }, paying) {
  const sending = [];
  for (const payment of paying) {
    how.told.at.set(payment.orderId, performance.now());
    sending.push(pay(how, payment));
    await pause(PAID_EVERY);
  }
  await Promise.all(sending);
  const heard = () => paying.every(({ orderId }) => pages.get(orderId).every(({ nudgedAt }) => nudgedAt));
  for (const until = performance.now() + PATIENCE; !heard() && performance.now() < until;) await pause(50);
}

async function pay({ app, agent, told }, payment) {
  const message = messageOf(payment);
  told.sent.add(payment.invoice);
  const status = await post(app.address, message, { agent });
  if (status === 200) told.acked.set(message.requestId, message);
}

function judge(pages, { paying, waiting }) {
  const of = (payments) => payments.flatMap(({ orderId }) => pages.get(orderId));
  const refused = of([...paying, ...waiting]).filter(({ status }) => status !== 200);
  const deaf = of(paying).filter(({ nudgedAt }) => nudgedAt === undefined);
  const startled = of(waiting).filter(({ nudgedAt }) => nudgedAt !== undefined);
  return [
    ...refused.map(({ status }) => `a stream was answered ${status}`),
    ...deaf.map(({ orderId }) => `a page of ${orderId} heard nothing`),
    ...startled.map(({ orderId }) => `a page of ${orderId} heard of another's payment`),
  ];
}
