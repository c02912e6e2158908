import { randomUUID } from "node:crypto";
import { signMessage } from "../../simulator/messages";
import type { Message } from "../../simulator/messages";
import { startSimulator } from "../../test/harness/servers";
import { addApiKey, noApiLimit } from "../api-key";
import { withApp } from "../app";
import type { Benchmark, Row } from "../benchmark";
import { median, quantile } from "../statistics";

/** BENCH_PAYMENTS=50 is enough to try it. */
const PAYMENTS = Number(process.env["BENCH_PAYMENTS"] ?? 500);
const WARM_UP = 50;
const MAX_ABOVE_MS = { p50: 40, p99: 120 };
const CREATE_PATH = "/alfa-online-to-offline/v2/payment-code";

/** Milliseconds of each call. */
type Times = Record<"bare" | "payment", number[]>;

/** How long a program waits for a code, over what DOKU's own answer takes: the simulator's, asked in turns without the shop. */
export const apiPayments: Benchmark = async ({ getBuild }) => {
  // It has nothing to notify: no code is paid.
  const simulator = await startSimulator({ shopUrl: "http://127.0.0.1:9" });
  try {
    const env = { ...noApiLimit, SIMULATOR_PORT: String(simulator.port) };
    return await withApp(getBuild(), { name: "bench_api_payments", env }, async ({ app, database }) => {
      const headers = await addApiKey(database);
      return toRows(await takeTurns({ simulatorUrl: simulator.url, appUrl: app.url, headers }));
    });
  } finally {
    await simulator.stop();
  }
};

type Setup = { simulatorUrl: string; appUrl: string; headers: Message["headers"] };

async function takeTurns({ simulatorUrl, appUrl, headers }: Setup): Promise<Times> {
  const times: Times = { bare: [], payment: [] };
  for (let at = 0; at < WARM_UP + PAYMENTS; at++) {
    const bare = await timeCode(simulatorUrl + CREATE_PATH, toSignedCall(at));
    const payment = await timeCode(`${appUrl}/api/v1/payments`, toPaymentCall(headers));
    if (at < WARM_UP) continue;
    times.bare.push(bare);
    times.payment.push(payment);
  }
  return times;
}

/** What the shop sends for such a payment, without the shop. */
function toSignedCall(at: number): Message {
  const body = {
    order: { invoice_number: `BENCH-${at}`, amount: 150_000 },
    online_to_offline_info: { expired_time: 60, reusable_status: false, info: "Toko Senja" },
    customer: { name: "Sari Dewi" },
  };
  const { headers, body: text } = signMessage(JSON.stringify(body), CREATE_PATH);
  return { headers: { ...headers, "content-type": "application/json" }, body: text };
}

const toPaymentCall = (headers: Message["headers"]): Message => ({
  headers: { ...headers, "idempotency-key": randomUUID() },
  body: JSON.stringify({ channel: "alfa", amount: 150_000, customer: { name: "Sari Dewi" } }),
});

/** @returns milliseconds until the whole answer is there. @throws when it has no code */
async function timeCode(url: string, { headers, body }: Message): Promise<number> {
  const begun = performance.now();
  const answer = await fetch(url, { method: "POST", headers, body });
  const text = await answer.text();
  const tookMs = performance.now() - begun;
  if (!answer.ok || !/"payment_code":\s*"\d+"/.test(text))
    throw new Error(`${url} answered ${answer.status} without a code, so the figure is void: ${text}`);
  return tookMs;
}

function toRows({ bare, payment }: Times): Row[] {
  const usual = median(bare);
  const toRow = (name: keyof typeof MAX_ABOVE_MS, share: number): Row => {
    const above = quantile(payment, share) - usual;
    return {
      figure: `payment asked for by a program -> code, ${name}`,
      seen: `${above.toFixed(1)} ms above the bare call`,
      goal: `at most ${MAX_ABOVE_MS[name]} ms`,
      reached: above <= MAX_ABOVE_MS[name],
      baseline: `the signed call to the simulator alone: median ${usual.toFixed(1)} ms, ${name} ${quantile(bare, share).toFixed(1)} ms`,
      rounds: `${PAYMENTS} payments in turns with ${PAYMENTS} bare calls`,
    };
  };
  return [toRow("p50", 0.5), toRow("p99", 0.99)];
}
