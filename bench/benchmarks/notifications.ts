import { signedNotification } from "../../simulator/messages";
import { countPaid, seedPayments } from "../seed";
import { sendingTo } from "../send";
import { median, ratio, spread } from "../statistics";

const SENDERS = 8;
const ROUNDS = 7;
const PER_ROUND = 2500;
const WARM_UP = 5000;
const LEAST = 0.5;
const PACED = 2500;
/** Milliseconds. */
const MOST_AT_HALF_LOAD = 50;

/** Notifications applied in a second, against a route that only reads the body: same client, same bytes, turn by turn. */
export const notifications = ({ workshop }) =>
  sendingTo(workshop(), { name: "bench_notifications", senders: SENDERS }, async ({ sender, database }) => {
    const inTurns = WARM_UP + ROUNDS * PER_ROUND;
    const payments = await seedPayments(database, 1, inTurns + PACED);
    const rounds = await takeTurns(sender, payments);
    const perSecond = median(rounds.map(({ applied }) => applied.perSecond)) / 2;
    const messages = payments.slice(inTurns).map(signedNotification);
    const paced = await sender.send("/api/doku/notifications", messages, { perSecond });
    await proveAllPaid(database, payments.length);
    return rowsOf(rounds, paced);
  });

async function takeTurns({ send }, payments) {
  const turn = async (from, count) => {
    // Signed beforehand, and as late as that allows: a timestamp may not be old.
    const messages = payments.slice(from, from + count).map(signedNotification);
    const nothing = await send("/api/doku/bench-nothing", messages);
    return { nothing, applied: await send("/api/doku/notifications", messages) };
  };
  await turn(0, WARM_UP);
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++)
    rounds.push(await turn(WARM_UP + round * PER_ROUND, PER_ROUND));
  return rounds;
}

async function proveAllPaid(database, sent) {
  const { cases, ...counts } = await countPaid(database);
  const wrong = Object.values(counts).some((count) => count !== sent) || cases !== 0;
  if (wrong)
    throw new Error(
      `${sent} were answered 200, but the database holds ${JSON.stringify({ ...counts, cases })}.`,
    );
}

function rowsOf(rounds, paced) {
  const ratios = rounds.map(({ applied, nothing }) => applied.perSecond / nothing.perSecond);
  const perSecond = (which) => `${Math.round(median(rounds.map((round) => round[which].perSecond)))}/s`;
  return [
    {
      figure: "notifications applied on PostgreSQL, 8 senders",
      seen: perSecond("applied"),
      goal: "at least 0.50 x",
      reached: median(ratios) >= LEAST,
      baseline: `a route that only reads the body: ${perSecond("nothing")}`,
      ratio: `${ratio(median(ratios))} (${spread(ratios, (value) => value.toFixed(2))})`,
      rounds: `median of ${ROUNDS} x ${PER_ROUND}; all found in the database`,
    },
    {
      figure: "the same at half that rate, how long the slowest in a hundred took",
      seen: `${Math.round(paced.p99)} ms at ${Math.round(paced.perSecond)}/s`,
      goal: `at most ${MOST_AT_HALF_LOAD} ms`,
      reached: paced.p99 <= MOST_AT_HALF_LOAD,
      rounds: `p99 of ${PACED}, from the moment that each was due`,
    },
  ];
}
