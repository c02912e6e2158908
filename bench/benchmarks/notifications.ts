import { signedNotification } from "../../simulator/messages";
import type { Benchmark, Row } from "../benchmark";
import { countPaid, seedPayments } from "../seed";
import type { SeededPayment } from "../seed";
import { withSender } from "../send";
import type { LoadResult, Sender } from "../send";
import { median, ratio, spread } from "../statistics";

const SENDERS = 8;
const ROUNDS = 7;
const PER_ROUND = 2500;
const WARM_UP = 5000;
const MIN_RATIO = 0.5;
const PACED = 2500;
const MAX_MS_AT_HALF_LOAD = 50;

type Round = { nothing: LoadResult; applied: LoadResult };

/** Notifications applied in a second, compared with a route that only reads the body, in turns with the same bytes. */
export const notifications: Benchmark = ({ getBuild }) =>
  withSender(getBuild(), { name: "bench_notifications", senders: SENDERS }, async ({ sender, database }) => {
    const inTurns = WARM_UP + ROUNDS * PER_ROUND;
    const payments = await seedPayments(database, 1, inTurns + PACED);
    const rounds = await takeTurns(sender, payments);
    const perSecond = median(rounds.map(({ applied }) => applied.perSecond)) / 2;
    const messages = payments.slice(inTurns).map((payment) => signedNotification(payment));
    const paced = await sender.send("/api/doku/notifications", messages, { perSecond });
    await proveAllPaid(database, payments.length);
    return toRows(rounds, paced);
  });

async function takeTurns({ send }: Sender, payments: SeededPayment[]): Promise<Round[]> {
  const turn = async (from: number, count: number): Promise<Round> => {
    // Signed right before they are sent: a timestamp may not be old.
    const messages = payments.slice(from, from + count).map((payment) => signedNotification(payment));
    const nothing = await send("/api/doku/bench-nothing", messages);
    return { nothing, applied: await send("/api/doku/notifications", messages) };
  };
  await turn(0, WARM_UP);
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round++)
    rounds.push(await turn(WARM_UP + round * PER_ROUND, PER_ROUND));
  return rounds;
}

async function proveAllPaid(database: string, sent: number): Promise<void> {
  const { cases, ...counts } = await countPaid(database);
  const wrong = Object.values(counts).some((count) => count !== sent) || cases !== 0;
  if (wrong)
    throw new Error(
      `${sent} were answered 200, but the database holds ${JSON.stringify({ ...counts, cases })}.`,
    );
}

function toRows(rounds: Round[], paced: LoadResult): Row[] {
  const ratios = rounds.map(({ applied, nothing }) => applied.perSecond / nothing.perSecond);
  const perSecond = (which: keyof Round) =>
    `${Math.round(median(rounds.map((round) => round[which].perSecond)))}/s`;
  return [
    {
      figure: "notifications applied on PostgreSQL, 8 senders",
      seen: perSecond("applied"),
      goal: "at least 0.50 x",
      reached: median(ratios) >= MIN_RATIO,
      baseline: `a route that only reads the body: ${perSecond("nothing")}`,
      ratio: `${ratio(median(ratios))} (${spread(ratios, (value) => value.toFixed(2))})`,
      rounds: `median of ${ROUNDS} x ${PER_ROUND}; all found in the database`,
    },
    {
      figure: "the same at half that rate, how long the slowest in a hundred took",
      seen: `${Math.round(paced.p99)} ms at ${Math.round(paced.perSecond)}/s`,
      goal: `at most ${MAX_MS_AT_HALF_LOAD} ms`,
      reached: paced.p99 <= MAX_MS_AT_HALF_LOAD,
      rounds: `p99 of ${PACED}, from the moment that each was due`,
    },
  ];
}
