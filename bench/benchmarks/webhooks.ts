import { pause } from "../../test/harness/processes";
import { signedNotification } from "../../simulator/messages";
import { withApp } from "../app";
import type { Benchmark, Row } from "../benchmark";
import { addEndpoint } from "../merchant-endpoint";
import { seedPayments } from "../seed";
import type { SeededPayment } from "../seed";
import { median, quantile } from "../statistics";

/** BENCH_WEBHOOKS=50 is enough to try it. */
const PAYMENTS = Number(process.env["BENCH_WEBHOOKS"] ?? 600);
const WARM_UP = 50;
/** Many for a shop, few for the machine: how long one webhook takes is measured, not how many are sent. */
const PER_SECOND = 10;
const MAX_P99_MS = 500;

/** From sending the notification of a payment until the merchant's server has the webhook about it. */
export const webhooks: Benchmark = ({ getBuild }) =>
  withApp(getBuild(), { name: "bench_webhooks" }, async ({ app, database }) => {
    const payments = await seedPayments(database, 1, WARM_UP + PAYMENTS);
    const endpoint = await addEndpoint(database);
    try {
      // A server that has just started falls behind at first; what waits then must not be measured.
      await notifyPaced(app.url, payments.slice(0, WARM_UP));
      await endpoint.waitForPaid(WARM_UP);
      const measured = payments.slice(WARM_UP);
      const sentAt = await notifyPaced(app.url, measured);
      await endpoint.waitForPaid(payments.length);
      const receivedAt = measured.map(({ orderId }) => endpoint.paidAt.get(orderId) ?? NaN);
      return [toRow(receivedAt.map((at, number) => at - (sentAt[number] ?? NaN)))];
    } finally {
      await endpoint.remove();
    }
  });

/** At random moments, so that they fall everywhere between two looks of a loop. @returns when each was sent */
async function notifyPaced(appUrl: string, payments: readonly SeededPayment[]): Promise<number[]> {
  const sentAt: number[] = [];
  const answers: Promise<void>[] = [];
  for (const payment of payments) {
    await pause((Math.random() * 2000) / PER_SECOND);
    sentAt.push(performance.now());
    answers.push(notify(appUrl, payment));
  }
  await Promise.all(answers);
  return sentAt;
}

async function notify(appUrl: string, payment: SeededPayment): Promise<void> {
  const { body, headers } = signedNotification(payment);
  const answer = await fetch(`${appUrl}/api/doku/notifications`, { method: "POST", headers, body });
  await answer.text();
  if (answer.status !== 200) throw new Error(`A notification was answered ${answer.status}.`);
}

function toRow(delays: number[]): Row {
  const p99 = quantile(delays, 0.99);
  return {
    figure: "notification sent -> webhook received",
    seen: `p99 ${Math.round(p99)} ms, median ${Math.round(median(delays))} ms`,
    goal: `p99 at most ${MAX_P99_MS} ms`,
    reached: p99 <= MAX_P99_MS,
    rounds: `${delays.length} payments, ${PER_SECOND} a second, the slowest ${Math.round(quantile(delays, 1))} ms`,
  };
}
