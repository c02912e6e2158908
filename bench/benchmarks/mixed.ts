import { createDatabase, startCluster } from "../../test/harness/postgres";
import { signedInquiry, signedNotification } from "../../simulator/messages";
import type { Benchmark, Row } from "../benchmark";
import { seedBills, seedPayments } from "../seed";
import type { SeededPayment } from "../seed";
import { startSender } from "../send";
import { pause } from "../../test/harness/processes";
import { startApp } from "../../test/harness/servers";
import { median, ratio, spread } from "../statistics";
import { closeStreams, STREAMS_PER_ORDER, openStreams } from "../streams";
import type { Streams } from "../streams";

const SENDERS = 4;
const ROUNDS = 5;
const INQUIRIES = 500;
const WARM_UP = 2000;
/** More than are applied during the inquiries of a round. */
const NOTIFIED = 2000;
const VIEWERS = 2000;
const LOAD_PAGE_EVERY_MS = 100;
const MAX_P99_MS = 300;

/** How long an inquiry takes during notifications, with open event streams and while pages load. */
export const mixed: Benchmark = async ({ getBuild }) => {
  const cluster = await startCluster();
  const database = await createDatabase(cluster, "bench_mixed");
  const app = await startApp({ folder: getBuild(), env: { DATABASE_URL: database } });
  const [tills, doku] = [startSender(app.url, SENDERS), startSender(app.url, SENDERS)];
  try {
    const bills = await seedBills(database, 1, WARM_UP + 2 * ROUNDS * INQUIRIES);
    const payments = await seedPayments(database, bills.length + 1, bills.length + (ROUNDS + 1) * NOTIFIED);
    const inquire = (count: number) =>
      tills.send(
        "/api/doku/inquiries",
        bills.splice(0, count).map((bill) => signedInquiry(bill)),
      );
    const notify = () =>
      doku.send(
        "/api/doku/notifications",
        payments.splice(0, NOTIFIED).map((payment) => signedNotification(payment)),
      );
    await inquire(WARM_UP);
    await notify();
    const alone: number[] = [];
    for (let round = 0; round < ROUNDS; round++) alone.push((await inquire(INQUIRIES)).p99);
    // Orders that are paid in the first round, and orders that are never paid.
    const watched = [...payments.slice(0, NOTIFIED), ...payments.slice(-NOTIFIED)].filter(
      (_, at) => at % 10 === 0,
    );
    const pages = await openStreams(app.url, watched);
    const stopLoading = startLoadingPages(app.url, watched);
    const amid: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const notifying = notify();
      amid.push((await inquire(INQUIRIES)).p99);
      await notifying;
    }
    await stopLoading();
    checkStreams(pages, watched);
    closeStreams(pages);
    return toRows({ alone, amid });
  } finally {
    tills.stop();
    doku.stop();
    await app.stop();
    await cluster.stop();
  }
};

/** Loads payment pages and status documents one after another. @returns a function that ends it */
function startLoadingPages(url: string, watched: SeededPayment[]): () => Promise<void> {
  const stopping = new AbortController();
  const loading = (async () => {
    for (let at = 0; !stopping.signal.aborted; at = (at + 1) % watched.length) {
      const orderId = watched[at]?.orderId;
      const path = at % 10 === 0 ? `/pay/${orderId}` : `/api/orders/${orderId}/status`;
      const answer = await fetch(`${url}${path}`);
      if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}: the figure is void`);
      await answer.text();
      await pause(LOAD_PAGE_EVERY_MS);
    }
  })();
  return () => {
    stopping.abort();
    return loading;
  };
}

function checkStreams(pages: Streams, [paid]: SeededPayment[]): void {
  const open = [...pages.values()].flat().filter(({ status }) => status === 200).length;
  if (open !== VIEWERS) throw new Error(`${open} of ${VIEWERS} streams were open, so the figure is void`);
  const ofPaid = pages.get(paid?.orderId ?? "") ?? [];
  if (ofPaid.length === 0 || ofPaid.some(({ notifiedAt }) => notifiedAt === undefined))
    throw new Error("a stream did not announce a payment, so the figure is void");
}

function toRows({ alone, amid }: Record<"alone" | "amid", number[]>): Row[] {
  const ratios = amid.map((time, round) => time / (alone[round] ?? NaN));
  return [
    {
      figure: `a till's question amid notifications, pages and ${VIEWERS} viewers`,
      seen: `p99 ${Math.round(median(amid))} ms`,
      goal: `p99 at most ${MAX_P99_MS} ms`,
      reached: median(amid) <= MAX_P99_MS,
      baseline: `the same alone: p99 ${median(alone).toFixed(1)} ms`,
      ratio: `${ratio(median(ratios))} (${spread(ratios, (value) => value.toFixed(2))})`,
      rounds: `median p99 of ${ROUNDS} x ${INQUIRIES}, ${SENDERS} at once, ${STREAMS_PER_ORDER} viewers of an order`,
    },
  ];
}
