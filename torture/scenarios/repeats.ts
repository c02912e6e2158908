import http from "node:http";
import type { Counts, Result, Scenario } from "../scenario";
import { checkLedger, sumCounts } from "../tools/check-ledger";
import { startAppOnPostgres, startKillableApp, withEnvironment } from "../tools/environments";
import type { AppOnPostgres, CloseLater } from "../tools/environments";
import { countStatus, post } from "../tools/load";
import type { Status, Statuses } from "../tools/load";
import { createMessage, repeatMessage } from "../tools/messages";
import type { TestMessage } from "../tools/messages";
import type { Query } from "../tools/query";
import type { Random } from "../tools/random";

const REPLAYED = 20;
const AT_ONCE = 16;

type Send = (message: TestMessage) => Promise<Status>;

/** Captured messages sent many times, and many copies of one message at the same moment. */
export const repeats: Scenario<{ replays: number; crowds: number }> = ({ replays, crowds, random }) =>
  withEnvironment(startTwoApps, async (environment) => {
    const { app, other, query } = environment;
    const recorded = { acked: new Map<string, TestMessage>(), sent: new Set<string>() };
    const send = createSend([app.address, other.address], recorded);
    const replayed = await replay({ environment, send, replays, random });
    const narrow = await sendCrowds({ environment, send, times: crowds, width: 64 });
    const wide = await sendCrowds({ environment, send, times: crowds, width: 256 });
    await Promise.all([app.kill(), other.kill()]);
    const check = await checkLedger(query, recorded);
    const results: Result[] = [
      {
        what: "replays",
        howMany: `${replays} of ${REPLAYED} messages`,
        ...sumCounts(check, replayed),
        note: replayed.note,
      },
      { what: "the same 64 times at once", howMany: `${crowds} times`, ...narrow },
      { what: "the same 256 times at once", howMany: `${crowds} times`, ...wide },
    ];
    return results;
  });

/** One process handles the messages of an order one after another; two processes race. */
async function startTwoApps(later: CloseLater) {
  const environment = await startAppOnPostgres(later);
  const other = await startKillableApp({ DATABASE_URL: environment.databaseUrl });
  later(() => other.kill());
  return { ...environment, other };
}

type Recorded = { acked: Map<string, TestMessage>; sent: Set<string> };

/** Sends to the two addresses in turn. */
function createSend([first, second]: [string, string], { acked, sent }: Recorded): Send {
  let turn = 0;
  const agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
  return async (message) => {
    sent.add(message.payment.invoice);
    const address = turn++ % 2 === 0 ? first : second;
    const status = await post(address, message, { agent, timeoutMs: 30_000 });
    if (status === 200) acked.set(message.requestId, message);
    return status;
  };
}

type ReplayOptions = { environment: AppOnPostgres; send: Send; replays: number; random: Random };

/** Half with their old Request-Id, half with a new one. */
async function replay({
  environment,
  send,
  replays,
  random,
}: ReplayOptions): Promise<Counts & { note: string }> {
  const messages = (await environment.seed(REPLAYED)).map(createMessage);
  for (const message of messages) await send(message);
  const before = await describeEffects(environment.query);
  const statuses: Statuses = {};
  let left = replays;
  const work = async () => {
    while (left-- > 0) {
      const message = random.pick(messages);
      countStatus(statuses, await send(random.chance(0.5) ? message : repeatMessage(message)));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const after = await describeEffects(environment.query);
  const refused = replays - (statuses[200] ?? 0);
  return {
    lost: 0,
    twice: before === after ? 0 : 1,
    wrong: refused,
    problems: [
      ...(before === after ? [] : [`replays changed ${before} to ${after}`]),
      ...(refused > 0 ? [`replays were answered ${JSON.stringify(statuses)}`] : []),
    ],
    note: `answers ${JSON.stringify(statuses)}`,
  };
}

/** All that a message can change, besides its own delivery. */
async function describeEffects(query: Query): Promise<string> {
  const [found] = await query(`select (select count(*)::int from receipts) as receipts,
    (select sum(version)::int from orders) as versions, (select count(*)::int from payment_events) as events,
    (select count(*)::int from cases) as cases`);
  return JSON.stringify({ ...found });
}

type CrowdOptions = { environment: AppOnPostgres; send: Send; times: number; width: number };

/** Half are the same message, half have their own Request-Id. What is refused is sent again. */
async function sendCrowds({
  environment,
  send,
  times,
  width,
}: CrowdOptions): Promise<Counts & { note: string }> {
  const counts: Counts = { lost: 0, twice: 0, wrong: 0, problems: [] };
  const statuses: Statuses = {};
  const durations: number[] = [];
  for (const payment of await environment.seed(times)) {
    const message = createMessage(payment);
    const copies = Array.from({ length: width }, (_, at) => (at % 4 < 2 ? message : repeatMessage(message)));
    const begun = performance.now();
    for (const status of await Promise.all(copies.map(send))) countStatus(statuses, status);
    durations.push(performance.now() - begun);
    await send(message);
    const [found] = await environment.query<{ receipts: number; version: number }>(
      `select (select count(*)::int from receipts where order_id = o.id) as receipts, version
       from orders o where id = '${payment.orderId}'`,
    );
    // A seeded order has version 3; the payment is the fourth.
    if (!found || found.receipts < 1) counts.lost++;
    if (found && found.receipts > 1) counts.twice++;
    if (found?.version !== 4) counts.wrong++;
  }
  // "none": the server was just closing an idle connection. The outcome is unknown, and the last message settles it.
  const unexpected = Object.keys(statuses).filter((status) => !["200", "503", "none"].includes(status));
  counts.wrong += unexpected.length;
  counts.problems = unexpected.map((status) => `a crowd of ${width}: ${statuses[status]} answered ${status}`);
  const slowest = Math.round(Math.max(...durations));
  return { ...counts, note: `answers ${JSON.stringify(statuses)}; the slowest crowd took ${slowest} ms` };
}
