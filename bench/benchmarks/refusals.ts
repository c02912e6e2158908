import { randomBytes } from "node:crypto";
import { signedNotification } from "../../simulator/messages";
import { countPaid, seedPayments } from "../seed";
import { sendingTo } from "../send";
import { median, ratio, spread } from "../statistics";

const ROUNDS = 20;
const PER_ROUND = 500;
/** Once the rejections that are kept for the merchant are used up, each of them costs the same. */
const WARM_UP = 2000;
/** How far the two may lie apart (docs/threats-and-invariants.md#t6). */
const APART = 0.05;

/** Whether the time of a refusal tells a stranger that an invoice is ours: forged messages about known and unknown ones. */
export const refusals = ({ workshop }) => {
  // One at a time: what is measured is the answer, and not a queue.
  return sendingTo(workshop(), { name: "bench_refusals", senders: 1 }, async ({ sender, database }) => {
    const payments = await seedPayments(database, 1, PER_ROUND);
    const rounds = await takeTurns(sender, payments);
    await proveNonePaid(database);
    return rowsOf(rounds);
  });
};

async function takeTurns({ send }, payments) {
  const strangers = payments.map((payment) => ({ ...payment, invoice: reversed(payment.invoice) }));
  const time = async (list) =>
    (await send("/api/doku/notifications", list.map(forged), { expected: 401 })).p50;
  for (let sent = 0; sent < WARM_UP; sent += PER_ROUND) await time(payments);
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) {
    // Whoever comes second may be faster: they take turns at it.
    const first = round % 2 === 0 ? await time(payments) : undefined;
    const unknown = await time(strangers);
    rounds.push({ known: first ?? (await time(payments)), unknown });
  }
  return rounds;
}

/** As long as it was, and nobody's. */
const reversed = (invoice) => [...invoice].toReversed().join("");

function forged(payment) {
  const { body, headers } = signedNotification(payment);
  return { body, headers: { ...headers, signature: `HMACSHA256=${randomBytes(32).toString("base64")}` } };
}

async function proveNonePaid(database) {
  // Some of the refused are kept, so that the merchant sees them.
  const { deliveries: _, ...counts } = await countPaid(database);
  if (Object.values(counts).some((count) => count !== 0))
    throw new Error(`Nothing was signed, but the database holds ${JSON.stringify(counts)}.`);
}

function rowsOf(rounds) {
  const ratios = rounds.map(({ known, unknown }) => known / unknown);
  const p50 = (which) => `${median(rounds.map((round) => round[which])).toFixed(2)} ms`;
  return [
    {
      figure: "a forged message about an invoice of ours is refused",
      seen: p50("known"),
      goal: `within ${APART * 100} % of the baseline`,
      reached: Math.abs(median(ratios) - 1) <= APART,
      baseline: `the same about an unknown invoice: ${p50("unknown")}`,
      ratio: `${ratio(median(ratios))} (${spread(ratios, (value) => value.toFixed(2))})`,
      rounds: `median of ${ROUNDS} medians of ${PER_ROUND}`,
    },
  ];
}
