// A payment page without a browser: an event stream that says "read again", and asking by itself every few seconds.
import http from "node:http";
import { pause } from "../../test/harness/processes";

/** As the page does. Milliseconds. */
const ASK_EVERY = 2000;
const COME_BACK_AFTER = 2000;
const PATIENCE = 3000;

/** Watches until `stop`. `paid` resolves with the moment at which the status document said so. */
export function startViewer(address, orderId) {
  const state = {
    stopped: false,
    streams: 0,
    ends: 0,
    toldToComeBack: false,
    versions: [],
    wake: () => undefined,
  };
  const paid = ask(address, orderId, state);
  void listen(address, orderId, state);
  return {
    state,
    paid,
    stop: () => {
      state.stopped = true;
      state.wake();
      state.close?.();
    },
  };
}

async function ask(address, orderId, state) {
  while (!state.stopped) {
    const view = await read(`${address}/api/orders/${orderId}/status`);
    if (view) state.versions.push(view.version);
    if (view?.status === "paid") return performance.now();
    await new Promise((done) => {
      const timer = setTimeout(done, ASK_EVERY);
      state.wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  }
  return undefined;
}

async function read(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) });
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

async function listen(address, orderId, state) {
  while (!state.stopped) {
    await openStream(`${address}/api/orders/${orderId}/events`, state);
    // Whatever was missed meanwhile: read now.
    state.wake();
    if (!state.stopped) await pause(state.toldToComeBack ? COME_BACK_AFTER : 500);
  }
}

function openStream(url, state) {
  return new Promise((ended) => {
    const request = http.get(url, { agent: false }, (response) => {
      state.streams++;
      response.setEncoding("utf8");
      response.on("data", (text) => {
        if (text.includes("retry:")) {
          state.toldToComeBack = true;
          state.wake();
        }
        if (text.includes("event: nudge")) state.wake();
      });
      response.once("end", () => state.ends++);
      response.once("error", () => undefined);
      response.once("close", ended);
    });
    request.once("error", ended);
    state.close = () => request.destroy();
  });
}
