// Notifications under way all the time. What counts as acknowledged is only what this side RECEIVED as 2xx; whatever
// ended otherwise is indefinite, and is told again, as DOKU would.
import http from "node:http";
import { pause } from "../../test/harness/processes";
import { messageOf, target, toldAgain } from "./messages";

/** Milliseconds; then the outcome counts as unknown. */
const PATIENCE = 5000;

/** `payments`: a queue that the caller may refill. `address()`: where to send now, looked up for every message. */
export function startLoad({ payments, senders = 8, address, random }) {
  const state = {
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
  return {
    ...state,
    /** Resolves with the moment of the first 2xx to a message that was sent after now. */
    nextAck: () => waitForAck(state),
    stop: async () => {
      state.stopped = true;
      await Promise.all(work);
      agent.destroy();
    },
  };
}

function waitForAck(state) {
  return new Promise((done) => state.waiters.add({ since: performance.now(), done }));
}

async function keepSending({ payments, address, random, agent, state }) {
  const mine = { unknown: [], last: undefined };
  while (!state.stopped) {
    const message = choose({ payments, random, mine });
    if (!message) await pause(5);
    else await sendOne(message, { url: address(), agent, state, mine });
  }
}

/** Mostly new payments; what nobody acknowledged again and again; and sometimes one that was acknowledged already. */
function choose({ payments, random, mine }) {
  if (mine.unknown.length > 0 && random.chance(0.5)) return again(mine.unknown.shift(), random);
  if (mine.last && random.chance(0.1)) return again(mine.last, random);
  const payment = payments.shift();
  return payment ? messageOf(payment) : mine.unknown.shift();
}

const again = (message, random) => (random.chance(0.5) ? message : toldAgain(message));

async function sendOne(message, { url, agent, state, mine }) {
  const begun = performance.now();
  state.sent.add(message.payment.invoice);
  const status = await post(url, message, { agent });
  state.statuses[status] = (state.statuses[status] ?? 0) + 1;
  if (status === 200) {
    state.times.push(performance.now() - begun);
    state.acked.set(message.requestId, message);
    mine.last = message;
    for (const waiter of state.waiters) {
      if (begun < waiter.since) continue;
      state.waiters.delete(waiter);
      waiter.done(performance.now());
    }
    return;
  }
  mine.unknown.push(message);
  await pause(10);
}

/** @returns the status, or "none" when nothing whole came back */
export function post(url, { body, headers }, { agent, patience = PATIENCE, path = target } = {}) {
  const { hostname, port } = new URL(url);
  return new Promise((answered) => {
    const options = { host: hostname, port, path, method: "POST", agent, timeout: patience };
    const length = { "content-length": Buffer.byteLength(body) };
    const request = http.request({ ...options, headers: { ...headers, ...length } }, (response) => {
      response.resume();
      response.once("end", () => answered(response.complete ? response.statusCode : "none"));
      response.once("error", () => answered("none"));
      response.once("close", () => answered("none"));
    });
    request.once("timeout", () => request.destroy());
    request.once("error", () => answered("none"));
    request.end(body);
  });
}
