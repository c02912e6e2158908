import postgres from "postgres";
import { withApp } from "../app";
import type { Benchmark, Row } from "../benchmark";
import { addEndpoint } from "../merchant-endpoint";
import type { MerchantEndpoint } from "../merchant-endpoint";
import { seedPayments } from "../seed";
import type { SeededPayment } from "../seed";
import { median, ratio, seconds, spread } from "../statistics";

/** For each endpoint in each turn; BENCH_WEBHOOKS=500 is enough to try it. */
const WEBHOOKS = Number(process.env["BENCH_WEBHOOKS"] ?? 10_000);
const WARM_UP = Math.min(1000, WEBHOOKS);
const ROUNDS = 3;
const MAX_RATIO = 1.1;

/** Milliseconds until two endpoints have every webhook, by what the third does. */
type Round = Record<"up" | "hanging" | "absent", number>;

/** Whether an endpoint that takes messages and never answers holds up the two beside it. */
export const hangingEndpoint: Benchmark = ({ getBuild }) =>
  withApp(getBuild(), { name: "bench_hanging" }, async ({ database }) => {
    const payments = await seedPayments(database, 1, WARM_UP + 3 * ROUNDS * WEBHOOKS);
    const turn = (third: keyof Round, count = WEBHOOKS) =>
      measureTurn(database, third, payments.splice(0, count));
    await turn("up", WARM_UP);
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round++)
      rounds.push({ up: await turn("up"), hanging: await turn("hanging"), absent: await turn("absent") });
    return toRows(rounds);
  });

async function measureTurn(
  database: string,
  third: keyof Round,
  payments: readonly SeededPayment[],
): Promise<number> {
  const others = [await addEndpoint(database), await addEndpoint(database)];
  const all: MerchantEndpoint[] =
    third === "absent" ? others : [...others, await addEndpoint(database, { hangs: third === "hanging" })];
  try {
    await payAll(database, payments);
    const begun = performance.now();
    const last = await Promise.all(others.map(({ waitForPaid }) => waitForPaid(payments.length)));
    // Also those of the third, so that nothing of this turn is left for the next.
    if (third === "up") await all.at(-1)?.waitForPaid(payments.length);
    return Math.max(...last) - begun;
  } finally {
    for (const endpoint of all) await endpoint.remove();
  }
}

/** In one statement, so that all webhooks are due at once; from the outbox on everything is the product's. */
async function payAll(database: string, payments: readonly SeededPayment[]): Promise<void> {
  const sql = postgres(database, { max: 1 });
  const ids = payments.map(({ orderId }) => orderId);
  await sql.begin(async (tx) => {
    await tx`update payments set status = 'paid', paid_at = now(), next_check_at = null where order_id = any (${ids})`;
    await tx`update orders set paid_at = now(), version = version + 1 where id = any (${ids})`;
  });
  await sql.end();
}

function toRows(rounds: Round[]): Row[] {
  const time = (which: keyof Round) => seconds(median(rounds.map((round) => round[which])));
  const compare = (which: "up" | "absent") => {
    const ratios = rounds.map((round) => round.hanging / round[which]);
    return {
      most: median(ratios),
      ratio: `${ratio(median(ratios))} (${spread(ratios, (value) => value.toFixed(2))})`,
    };
  };
  const [up, absent] = [compare("up"), compare("absent")];
  const shared = {
    seen: time("hanging"),
    rounds: `median of ${ROUNDS} turns, until both have all; each signature verified`,
  };
  return [
    {
      figure: `${WEBHOOKS.toLocaleString("en")} webhooks to each of two endpoints beside one that hangs`,
      ...shared,
      goal: `at most ${MAX_RATIO.toFixed(2)} x`,
      reached: up.most <= MAX_RATIO,
      baseline: `beside one that takes them: ${time("up")}`,
      ratio: up.ratio,
    },
    {
      figure: "the same, against two endpoints alone",
      ...shared,
      baseline: `without a third: ${time("absent")}`,
      ratio: absent.ratio,
    },
  ];
}
