import { randomBytes } from "node:crypto";
import { signedNotification } from "../../simulator/messages";
import type { Message } from "../../simulator/messages";
import type { Benchmark, Row } from "../benchmark";
import { countPaid, seedPayments } from "../seed";
import type { SeededPayment } from "../seed";
import { withSender } from "../send";
import type { Sender } from "../send";
import { median, ratio, spread } from "../statistics";

const ROUNDS = 20;
const PER_ROUND = 500;
/** Some rejections are stored for the merchant, up to a limit; after it each costs the same. */
const WARM_UP = 2000;
/** How far the two may differ (docs/threats-and-invariants.md#t6). */
const MAX_DIFFERENCE = 0.05;

/** Median response times in milliseconds. */
type Round = { known: number; unknown: number };

/** Whether the time of a refusal reveals that an invoice exists: forged messages about known and unknown invoices. */
export const refusals: Benchmark = ({ getBuild }) => {
  // One at a time, so that no time in a queue is measured.
  return withSender(getBuild(), { name: "bench_refusals", senders: 1 }, async ({ sender, database }) => {
    const payments = await seedPayments(database, 1, PER_ROUND);
    const rounds = await takeTurns(sender, payments);
    await proveNonePaid(database);
    return toRows(rounds);
  });
};

async function takeTurns({ send }: Sender, payments: SeededPayment[]): Promise<Round[]> {
  const unknownPayments = payments.map((payment) => ({ ...payment, invoice: reverseText(payment.invoice) }));
  const time = async (list: SeededPayment[]) =>
    (await send("/api/doku/notifications", list.map(forgeNotification), { expected: 401 })).p50;
  for (let sent = 0; sent < WARM_UP; sent += PER_ROUND) await time(payments);
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    // The second may be faster, so they take turns at being first.
    const first = round % 2 === 0 ? await time(payments) : undefined;
    const unknown = await time(unknownPayments);
    rounds.push({ known: first ?? (await time(payments)), unknown });
  }
  return rounds;
}

/** Another invoice of the same length, which does not exist. */
const reverseText = (invoice: string) => [...invoice].toReversed().join("");

function forgeNotification(payment: SeededPayment): Message {
  const { body, headers } = signedNotification(payment);
  return { body, headers: { ...headers, signature: `HMACSHA256=${randomBytes(32).toString("base64")}` } };
}

async function proveNonePaid(database: string): Promise<void> {
  const counts = await countPaid(database);
  if (Object.values(counts).some((count) => count !== 0))
    throw new Error(`Nothing was signed, but the database holds ${JSON.stringify(counts)}.`);
}

function toRows(rounds: Round[]): Row[] {
  const ratios = rounds.map(({ known, unknown }) => known / unknown);
  const p50 = (which: keyof Round) => `${median(rounds.map((round) => round[which])).toFixed(2)} ms`;
  return [
    {
      figure: "a forged message about an existing invoice is refused",
      seen: p50("known"),
      goal: `within ${MAX_DIFFERENCE * 100} % of the baseline`,
      reached: Math.abs(median(ratios) - 1) <= MAX_DIFFERENCE,
      baseline: `the same about an unknown invoice: ${p50("unknown")}`,
      ratio: `${ratio(median(ratios))} (${spread(ratios, (value) => value.toFixed(2))})`,
      rounds: `median of ${ROUNDS} medians of ${PER_ROUND}`,
    },
  ];
}
