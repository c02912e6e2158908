import http from "node:http";
import { pause, residentBytes } from "../../test/harness/processes";
import { closeStreams, OF_AN_ORDER, openStreams } from "../../bench/streams";
import { quantile } from "../../bench/statistics";
import { checkBooks } from "../tools/check-ledger";
import { post } from "../tools/load";
import { messageOf } from "../tools/messages";
import { inPlace, onPostgres } from "../tools/environments";

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
    const pages = await openStreams(app.address, payments);
    const each = (residentBytes(app.pid()) - before) / streams;
    await payAll({ app, agent, pages, told }, paying);
    agent.destroy();
    const words = judge(pages, { paying, waiting });
    const check = await checkBooks(query, told);
    const delays = paying.flatMap(({ orderId }) =>
      pages.get(orderId).map(({ nudgedAt }) => nudgedAt - told.at.get(orderId)),
    );
    closeStreams(pages);
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
