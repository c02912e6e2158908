import { signedInquiry } from "../../simulator/messages";
import type { Benchmark, Row } from "../benchmark";
import { countInquired, seedBills } from "../seed";
import type { SeededPayment } from "../seed";
import { withSender } from "../send";
import type { LoadResult, Sender } from "../send";
import { median, ratio, spread } from "../statistics";

const SENDERS = 8;
const ROUNDS = 7;
const PER_ROUND = 1000;
const WARM_UP = 2000;
/** A cashier is waiting, and DOKU and the acquirer need time as well. */
const MAX_P99_MS = 300;

type Round = { nothing: LoadResult; answered: LoadResult };

/** How long an inquiry takes, compared with a route that does nothing, in turns with the same bytes. */
export const inquiries: Benchmark = ({ getBuild }) =>
  withSender(getBuild(), { name: "bench_inquiries", senders: SENDERS }, async ({ sender, database }) => {
    const count = WARM_UP + ROUNDS * PER_ROUND;
    const bills = await seedBills(database, 1, count);
    const rounds = await takeTurns(sender, bills);
    await proveAllInquired(database, count);
    return toRows(rounds);
  });

async function takeTurns({ send }: Sender, bills: SeededPayment[]): Promise<Round[]> {
  const turn = async (from: number, count: number): Promise<Round> => {
    // Each code once: a code with too many inquiries is declined. Signed right before they are sent, as old ones are too.
    const messages = bills.slice(from, from + count).map((bill) => signedInquiry(bill));
    const nothing = await send("/api/doku/bench-nothing", messages);
    return { nothing, answered: await send("/api/doku/inquiries", messages) };
  };
  await turn(0, WARM_UP);
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round++)
    rounds.push(await turn(WARM_UP + round * PER_ROUND, PER_ROUND));
  return rounds;
}

async function proveAllInquired(database: string, asked: number): Promise<void> {
  const counts = await countInquired(database);
  if (Object.values(counts).some((count) => count !== asked))
    throw new Error(`${asked} were answered 200, but the database holds ${JSON.stringify(counts)}.`);
}

function toRows(rounds: Round[]): Row[] {
  const p99 = (which: keyof Round) => median(rounds.map((round) => round[which].p99));
  const ratios = rounds.map(({ answered, nothing }) => answered.p99 / nothing.p99);
  const perSecond = median(rounds.map(({ answered }) => answered.perSecond));
  return [
    {
      figure: "a till's question answered on PostgreSQL, 8 at once",
      seen: `p99 ${Math.round(p99("answered"))} ms, ${Math.round(perSecond)}/s`,
      goal: `p99 at most ${MAX_P99_MS} ms`,
      reached: p99("answered") <= MAX_P99_MS,
      baseline: `a route that does nothing: p99 ${p99("nothing").toFixed(1)} ms`,
      ratio: `${ratio(median(ratios))} (${spread(ratios, (value) => value.toFixed(2))})`,
      rounds: `median p99 of ${ROUNDS} x ${PER_ROUND}; all found in the database`,
    },
  ];
}
