import http from "node:http";
import type { SeededPayment } from "../../bench/seed";
import { quantile } from "../../bench/statistics";
import { closeStreams, openStreams, STREAMS_PER_ORDER } from "../../bench/streams";
import type { Streams } from "../../bench/streams";
import { pause, residentBytes } from "../../test/harness/processes";
import type { Scenario } from "../scenario";
import { checkLedger } from "../tools/check-ledger";
import { startAppOnPostgres, withEnvironment } from "../tools/environments";
import type { KillableApp } from "../tools/environments";
import { post } from "../tools/load";
import { createMessage } from "../tools/messages";
import type { TestMessage } from "../tools/messages";

const PAY_EVERY_MS = 20;
const TIMEOUT_MS = 10_000;

type Sending = {
  app: KillableApp;
  agent: http.Agent;
  sent: Set<string>;
  acked: Map<string, TestMessage>;
  /** By order id, when its message was sent. */
  sentAt: Map<string, number>;
};

/** Thousands of open event streams: those of a paid order are notified, and no others. */
export const viewers: Scenario<{ streams: number }> = ({ streams, random }) =>
  withEnvironment(startAppOnPostgres, async ({ app, seed, query }) => {
    const payments = await seed(streams / STREAMS_PER_ORDER);
    const paying: SeededPayment[] = [];
    const waiting: SeededPayment[] = [];
    for (const payment of payments) (random.chance(0.8) ? paying : waiting).push(payment);
    const agent = new http.Agent({ keepAlive: true });
    const sending: Sending = { app, agent, sent: new Set(), acked: new Map(), sentAt: new Map() };
    // Warms up the code, whose memory is not that of a stream.
    for (const payment of await seed(50)) await pay(sending, payment);
    const before = residentBytes(app.pid());
    const pages = await openStreams(app.address, payments);
    const bytesPerStream = (residentBytes(app.pid()) - before) / streams;
    await payAll(sending, paying, pages);
    agent.destroy();
    const problems = checkPages(pages, { paying, waiting });
    const check = await checkLedger(query, sending);
    const delays = paying.flatMap(({ orderId }) =>
      getPages(pages, orderId).flatMap(({ notifiedAt }) =>
        notifiedAt === undefined ? [] : [notifiedAt - (sending.sentAt.get(orderId) ?? 0)],
      ),
    );
    closeStreams(pages);
    return {
      ...check,
      what: "viewers of one process",
      howMany: `${streams} streams, ${paying.length} of ${payments.length} orders paid`,
      wrong: check.wrong + problems.length,
      problems: [...check.problems, ...problems.slice(0, 5)],
      note:
        `notified after ${quantile(delays, 0.5).toFixed(0)} ms, p99 ${quantile(delays, 0.99).toFixed(0)} ms; ` +
        `${(bytesPerStream / 1000).toFixed(0)} KB for each stream`,
    };
  });

const getPages = (pages: Streams, orderId: string) => pages.get(orderId) ?? [];

/** Pays one after another, then waits until every page was notified or the time is up. */
async function payAll(sending: Sending, paying: SeededPayment[], pages: Streams): Promise<void> {
  const payments: Promise<void>[] = [];
  for (const payment of paying) {
    sending.sentAt.set(payment.orderId, performance.now());
    payments.push(pay(sending, payment));
    await pause(PAY_EVERY_MS);
  }
  await Promise.all(payments);
  const areNotified = () =>
    paying.every(({ orderId }) => getPages(pages, orderId).every(({ notifiedAt }) => notifiedAt));
  for (const until = performance.now() + TIMEOUT_MS; !areNotified() && performance.now() < until;)
    await pause(50);
}

async function pay({ app, agent, sent, acked }: Sending, payment: SeededPayment): Promise<void> {
  const message = createMessage(payment);
  sent.add(payment.invoice);
  const status = await post(app.address, message, { agent });
  if (status === 200) acked.set(message.requestId, message);
}

function checkPages(
  pages: Streams,
  { paying, waiting }: Record<"paying" | "waiting", SeededPayment[]>,
): string[] {
  const listPages = (payments: SeededPayment[]) =>
    payments.flatMap(({ orderId }) => getPages(pages, orderId));
  const refused = listPages([...paying, ...waiting]).filter(({ status }) => status !== 200);
  const missed = listPages(paying).filter(({ notifiedAt }) => notifiedAt === undefined);
  const wrong = listPages(waiting).filter(({ notifiedAt }) => notifiedAt !== undefined);
  return [
    ...refused.map(({ status }) => `a stream was answered ${status}`),
    ...missed.map(({ orderId }) => `a page of ${orderId} was not notified`),
    ...wrong.map(({ orderId }) => `a page of ${orderId} was notified of another's payment`),
  ];
}
