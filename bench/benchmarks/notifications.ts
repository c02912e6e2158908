import { signedNotification } from "../../simulator/messages";
import { withApp } from "../app";
import type { Benchmark, Row } from "../benchmark";
import { countPaid, reuseLogFiles, seedPayments, vacuum, waitForEvents } from "../seed";
import type { SeededPayment } from "../seed";
import { startSender } from "../send";
import type { LoadResult, Sender } from "../send";
import { median, quantile, ratio, seconds, spread } from "../statistics";

/** So many that the server is never without work; with few, all of them wait for the database together. */
const MANY = 32;
const FEW = 8;
const ROUNDS = 7;
const PER_ROUND = 2500;
const WARM_UP = 5000;
const MIN_RATIO = 0.5;
const MAX_MS_AT_HALF_LOAD = 50;

const TARGET = "/api/doku/notifications";

/** In a second: requests to a route that only reads the body, and messages that were applied and have their events. */
type Turn = { nothing: number; applied: number; eventsMs: number };

/** Notifications applied in a second, compared with a route that only reads the body, in turns with the same bytes. */
export const notifications: Benchmark = ({ getBuild }) =>
  withApp(getBuild(), { name: "bench_notifications" }, async ({ app, database }) => {
    const [many, few] = [startSender(app.url, MANY), startSender(app.url, FEW)];
    try {
      await reuseLogFiles(database);
      const payments = await seedPayments(database, 1, WARM_UP + 3 * ROUNDS * PER_ROUND);
      const unsent = payments.slice();
      const turn = (sender: Sender, count: number) => takeTurn(sender, database, unsent.splice(0, count));
      await turn(few, WARM_UP);
      const turns: Record<"many" | "few", Turn[]> = { many: [], few: [] };
      for (let round = 0; round < ROUNDS; round++) {
        turns.many.push(await turn(many, PER_ROUND));
        turns.few.push(await turn(few, PER_ROUND));
      }
      await vacuum(database);
      const perSecond = median(turns.many.map(({ applied }) => applied)) / 2;
      const paced: LoadResult[] = [];
      for (let round = 0; round < ROUNDS; round++)
        paced.push(await many.send(TARGET, sign(unsent.splice(0, PER_ROUND)), { perSecond }));
      await proveAllPaid(database, payments.length);
      return [...toRows(turns), toPacedRow(paced)];
    } finally {
      many.stop();
      few.stop();
    }
  });

/** Signed right before they are sent: a timestamp may not be old. */
const sign = (payments: readonly SeededPayment[]) => payments.map((payment) => signedNotification(payment));

/** The events of what was applied count too: they are made beside it, and later where there is no time for them. */
async function takeTurn(sender: Sender, database: string, payments: SeededPayment[]): Promise<Turn> {
  const messages = sign(payments);
  const nothing = await sender.send("/api/doku/bench-nothing", messages);
  const begunAt = performance.now();
  await sender.send(TARGET, messages);
  const answeredAt = performance.now();
  await waitForEvents(database);
  const doneAt = performance.now();
  return {
    nothing: nothing.perSecond,
    applied: (messages.length * 1000) / (doneAt - begunAt),
    eventsMs: doneAt - answeredAt,
  };
}

async function proveAllPaid(database: string, sent: number): Promise<void> {
  const { cases, ...counts } = await countPaid(database);
  const wrong = Object.values(counts).some((count) => count !== sent) || cases !== 0;
  if (wrong)
    throw new Error(
      `${sent} were answered 200, but the database holds ${JSON.stringify({ ...counts, cases })}.`,
    );
}

function toRows({ many, few }: Record<"many" | "few", Turn[]>): Row[] {
  const eventsMs = median(many.map((turn) => turn.eventsMs));
  return [
    {
      ...toRow(many),
      figure: `notifications applied on PostgreSQL, with their events, ${MANY} senders`,
      goal: `at least ${ratio(MIN_RATIO)}`,
      reached: median(many.map(toRatio)) >= MIN_RATIO,
      rounds: `median of ${ROUNDS} x ${PER_ROUND}; all found in the database; the last events ${seconds(eventsMs)} after the last answer`,
    },
    { ...toRow(few), figure: `the same with ${FEW} senders, which wait for the database together` },
  ];
}

const toRatio = ({ applied, nothing }: Turn): number => applied / nothing;

function toRow(turns: Turn[]): Omit<Row, "figure"> {
  const ratios = turns.map(toRatio);
  const perSecond = (which: "nothing" | "applied") =>
    `${Math.round(median(turns.map((turn) => turn[which])))}/s`;
  return {
    seen: perSecond("applied"),
    baseline: `a route that only reads the body: ${perSecond("nothing")}`,
    ratio: `${ratio(median(ratios))} (${spread(ratios, (value) => value.toFixed(2))})`,
    rounds: `median of ${ROUNDS} x ${PER_ROUND}`,
  };
}

/** Of all rounds together: the moments that one in a hundred waits for do not come in every round. */
function toPacedRow(paced: LoadResult[]): Row {
  const p99 = quantile(
    paced.flatMap(({ times }) => times),
    0.99,
  );
  const perSecond = median(paced.map((round) => round.perSecond));
  const each = spread(
    paced.map((round) => round.p99),
    (value) => value.toFixed(0),
  );
  return {
    figure: `half as many in a second from ${MANY} senders, how long the slowest in a hundred took`,
    seen: `${Math.round(p99)} ms at ${Math.round(perSecond)}/s`,
    goal: `at most ${MAX_MS_AT_HALF_LOAD} ms`,
    reached: p99 <= MAX_MS_AT_HALF_LOAD,
    rounds: `p99 of ${ROUNDS} x ${PER_ROUND} together (${each} ms of each), from the moment that each was due`,
  };
}
