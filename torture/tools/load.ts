// Keeps sending notifications. Acknowledged is only what this side RECEIVED as 2xx; everything else has an unknown outcome
// and is sent again, as DOKU would.
import http from "node:http";
import { pause } from "../../test/harness/processes";
import { createMessage, repeatMessage, target } from "./messages";
import type { NotifiedPayment, TestMessage } from "./messages";
import type { Random } from "./random";

const TIMEOUT_MS = 5000;

/** A status code, or "none" when no complete response came. */
export type Status = number | "none";

export type Statuses = Record<string, number>;

export function countStatus(statuses: Statuses, status: Status): void {
  statuses[status] = (statuses[status] ?? 0) + 1;
}

export type Load = {
  /** By Request-Id. */
  acked: Map<string, TestMessage>;
  /** Invoices. */
  sent: Set<string>;
  statuses: Statuses;
  /** Response times of acknowledged messages in milliseconds. */
  times: number[];
  /** Resolves with the moment of the first 2xx to a message that is sent after this call. */
  nextAck(): Promise<number>;
  stop(): Promise<void>;
};

type Waiter = { since: number; done: (at: number) => void };
type State = Pick<Load, "acked" | "sent" | "statuses" | "times"> & { waiters: Set<Waiter>; stopped: boolean };

type LoadOptions = {
  /** A queue that the caller may refill. */
  payments: NotifiedPayment[];
  senders?: number;
  /** Where to send now; called for every message. */
  address: () => string;
  random: Random;
};

export function startLoad({ payments, senders = 8, address, random }: LoadOptions): Load {
  const state: State = {
    acked: new Map(),
    sent: new Set(),
    statuses: {},
    times: [],
    waiters: new Set(),
    stopped: false,
  };
  const agent = new http.Agent({ keepAlive: true, maxSockets: senders });
  const work = Array.from({ length: senders }, () =>
    keepSending({ payments, address, random, agent, state }),
  );
  const { acked, sent, statuses, times } = state;
  return {
    acked,
    sent,
    statuses,
    times,
    nextAck: () =>
      new Promise((done) => {
        state.waiters.add({ since: performance.now(), done });
      }),
    stop: async () => {
      state.stopped = true;
      await Promise.all(work);
      agent.destroy();
    },
  };
}

type SenderOptions = Omit<LoadOptions, "senders"> & { agent: http.Agent; state: State };
/** What one sender has to send again. */
type Memory = { unknown: TestMessage[]; last: TestMessage | undefined };

async function keepSending({ payments, address, random, agent, state }: SenderOptions): Promise<void> {
  const memory: Memory = { unknown: [], last: undefined };
  while (!state.stopped) {
    const message = chooseMessage(payments, random, memory);
    if (!message) await pause(5);
    else await sendOne(message, { url: address(), agent, state, memory });
  }
}

/** Mostly new payments, messages with an unknown outcome again, and sometimes one that was acknowledged already. */
function chooseMessage(payments: NotifiedPayment[], random: Random, memory: Memory): TestMessage | undefined {
  if (memory.unknown.length > 0 && random.chance(0.5)) return sendAgain(memory.unknown.shift(), random);
  if (memory.last && random.chance(0.1)) return sendAgain(memory.last, random);
  const payment = payments.shift();
  return payment ? createMessage(payment) : memory.unknown.shift();
}

const sendAgain = (message: TestMessage | undefined, random: Random) =>
  message && (random.chance(0.5) ? message : repeatMessage(message));

type SendOptions = { url: string; agent: http.Agent; state: State; memory: Memory };

async function sendOne(message: TestMessage, { url, agent, state, memory }: SendOptions): Promise<void> {
  const begun = performance.now();
  state.sent.add(message.payment.invoice);
  const status = await post(url, message, { agent });
  countStatus(state.statuses, status);
  if (status === 200) {
    state.times.push(performance.now() - begun);
    state.acked.set(message.requestId, message);
    memory.last = message;
    for (const waiter of state.waiters) {
      if (begun < waiter.since) continue;
      state.waiters.delete(waiter);
      waiter.done(performance.now());
    }
    return;
  }
  memory.unknown.push(message);
  await pause(10);
}

type PostOptions = { agent?: http.Agent; timeoutMs?: number; path?: string };

export function post(
  url: string,
  { body, headers }: Pick<TestMessage, "body" | "headers">,
  { agent, timeoutMs = TIMEOUT_MS, path = target }: PostOptions = {},
): Promise<Status> {
  const { hostname, port } = new URL(url);
  return new Promise((answered) => {
    const options = { host: hostname, port, path, method: "POST", agent, timeout: timeoutMs };
    const length = { "content-length": Buffer.byteLength(body) };
    const request = http.request({ ...options, headers: { ...headers, ...length } }, (response) => {
      response.resume();
      response.once("end", () => answered(response.complete ? (response.statusCode ?? "none") : "none"));
      response.once("error", () => answered("none"));
      response.once("close", () => answered("none"));
    });
    request.once("timeout", () => request.destroy());
    request.once("error", () => answered("none"));
    request.end(body);
  });
}
