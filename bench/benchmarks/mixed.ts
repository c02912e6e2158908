import { createDatabase, startCluster } from "../../test/harness/postgres";
import { signedInquiry, signedNotification } from "../../simulator/messages";
import { seedBills, seedPayments } from "../seed";
import { startSender } from "../send";
import { pause } from "../../test/harness/processes";
import { startApp } from "../../test/harness/servers";
import { median, ratio, spread } from "../statistics";
import { closeStreams, OF_AN_ORDER, openStreams } from "../streams";

const SENDERS = 4;
const ROUNDS = 5;
const ASKED = 500;
const WARM_UP = 2000;
/** More than are applied while the questions of a round are answered. */
const TOLD = 2000;
const VIEWERS = 2000;
/** Milliseconds. */
const LOOK_EVERY = 100;
const MOST = 300;

/** How long a till waits while everything else goes on too: notifications, viewers with open streams, pages that load. */
export async function mixed({ workshop }) {
  const cluster = await startCluster();
  const database = await createDatabase(cluster, "bench_mixed");
  const app = await startApp({ folder: workshop(), env: { DATABASE_URL: database } });
  const [tills, doku] = [startSender(app.url, SENDERS), startSender(app.url, SENDERS)];
  try {
    const bills = await seedBills(database, 1, WARM_UP + 2 * ROUNDS * ASKED);
    const payments = await seedPayments(database, bills.length + 1, bills.length + (ROUNDS + 1) * TOLD);
    const ask = (count) => tills.send("/api/doku/inquiries", bills.splice(0, count).map(signedInquiry));
    const tell = () => doku.send("/api/doku/notifications", payments.splice(0, TOLD).map(signedNotification));
    await ask(WARM_UP);
    await tell();
    const alone = [];
    for (let round = 0; round < ROUNDS; round++) alone.push((await ask(ASKED)).p99);
    // Those who are paid in the first round, and those who wait to the end.
    const watched = [...payments.slice(0, TOLD), ...payments.slice(-TOLD)].filter((_, at) => at % 10 === 0);
    const pages = await openStreams(app.url, watched);
    const stopLooking = look(app.url, watched);
    const amid = [];
    for (let round = 0; round < ROUNDS; round++) {
      const telling = tell();
      amid.push((await ask(ASKED)).p99);
      await telling;
    }
    await stopLooking();
    prove(pages, watched);
    closeStreams(pages);
    return rowsOf({ alone, amid });
  } finally {
    tills.stop();
    doku.stop();
    await app.stop();
    await cluster.stop();
  }
}

/** Payment pages and status documents, one after another. @returns what ends it */
function look(url, watched) {
  const stopping = new AbortController();
  const looking = (async () => {
    for (let at = 0; !stopping.signal.aborted; at = (at + 1) % watched.length) {
      const { orderId } = watched[at];
      const path = at % 10 === 0 ? `/pay/${orderId}` : `/api/orders/${orderId}/status`;
      const answer = await fetch(`${url}${path}`);
      if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}: the figure is void`);
      await answer.text();
      await pause(LOOK_EVERY);
    }
  })();
  return () => {
    stopping.abort();
    return looking;
  };
}

function prove(pages, watched) {
  const open = [...pages.values()].flat().filter(({ status }) => status === 200).length;
  if (open !== VIEWERS) throw new Error(`${open} of ${VIEWERS} streams were open, so the figure is void`);
  const deaf = pages.get(watched[0].orderId).filter(({ nudgedAt }) => nudgedAt === undefined);
  if (deaf.length > 0) throw new Error("a viewer did not hear of a payment, so the figure is void");
}

function rowsOf({ alone, amid }) {
  const ratios = amid.map((time, round) => time / alone[round]);
  return [
    {
      figure: `a till's question amid notifications, pages and ${VIEWERS} viewers`,
      seen: `p99 ${Math.round(median(amid))} ms`,
      goal: `p99 at most ${MOST} ms`,
      reached: median(amid) <= MOST,
      baseline: `the same alone: p99 ${median(alone).toFixed(1)} ms`,
      ratio: `${ratio(median(ratios))} (${spread(ratios, (value) => value.toFixed(2))})`,
      rounds: `median p99 of ${ROUNDS} x ${ASKED}, ${SENDERS} at once, ${OF_AN_ORDER} viewers of an order`,
    },
  ];
}
