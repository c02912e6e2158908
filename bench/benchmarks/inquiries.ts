import { signedInquiry } from "../../simulator/messages";
import { countTold, seedBills } from "../seed";
import { sendingTo } from "../send";
import { median, ratio, spread } from "../statistics";

const SENDERS = 8;
const ROUNDS = 7;
const PER_ROUND = 1000;
const WARM_UP = 2000;
/** Milliseconds: a cashier is waiting, and DOKU and the acquirer stand between. */
const MOST = 300;

/** How long tills wait for what a bill is worth, against a route that does nothing: same client, same bytes, turn by turn. */
export const inquiries = ({ workshop }) =>
  sendingTo(workshop(), { name: "bench_inquiries", senders: SENDERS }, async ({ sender, database }) => {
    const count = WARM_UP + ROUNDS * PER_ROUND;
    const bills = await seedBills(database, 1, count);
    const rounds = await takeTurns(sender, bills);
    await proveAllTold(database, count);
    return rowsOf(rounds);
  });

async function takeTurns({ send }, bills) {
  const turn = async (from, count) => {
    // Each code once: one that is asked for without end is declined. Signed as late as can be: an old question is too.
    const messages = bills.slice(from, from + count).map(signedInquiry);
    const nothing = await send("/api/doku/bench-nothing", messages);
    return { nothing, answered: await send("/api/doku/inquiries", messages) };
  };
  await turn(0, WARM_UP);
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++)
    rounds.push(await turn(WARM_UP + round * PER_ROUND, PER_ROUND));
  return rounds;
}

async function proveAllTold(database, asked) {
  const counts = await countTold(database);
  if (Object.values(counts).some((count) => count !== asked))
    throw new Error(`${asked} were answered 200, but the database holds ${JSON.stringify(counts)}.`);
}

function rowsOf(rounds) {
  const p99 = (which) => median(rounds.map((round) => round[which].p99));
  const ratios = rounds.map(({ answered, nothing }) => answered.p99 / nothing.p99);
  const perSecond = median(rounds.map(({ answered }) => answered.perSecond));
  return [
    {
      figure: "a till's question answered on PostgreSQL, 8 at once",
      seen: `p99 ${Math.round(p99("answered"))} ms, ${Math.round(perSecond)}/s`,
      goal: `p99 at most ${MOST} ms`,
      reached: p99("answered") <= MOST,
      baseline: `a route that does nothing: p99 ${p99("nothing").toFixed(1)} ms`,
      ratio: `${ratio(median(ratios))} (${spread(ratios, (value) => value.toFixed(2))})`,
      rounds: `median p99 of ${ROUNDS} x ${PER_ROUND}; all found in the database`,
    },
  ];
}
