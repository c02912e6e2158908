// A payment page without a browser: an event stream that announces changes, and a poll every few seconds.
import http from "node:http";
import { pause } from "../../test/harness/processes";

/** Oftener than the page, so that the server is measured and not the pauses of the page. */
const POLL_EVERY_MS = 2000;
const RECONNECT_AFTER_MS = 2000;
const TIMEOUT_MS = 3000;

type ViewerState = {
  stopped: boolean;
  /** How many streams ended properly. */
  ends: number;
  /** Whether a stream said when to reconnect. */
  toldToReconnect: boolean;
  /** The order's versions in the order in which they were seen. */
  versions: number[];
  pollNow: () => void;
  closeStream: () => void;
};

export type Viewer = {
  state: Readonly<ViewerState>;
  /** The moment at which the status document said "paid"; undefined when the viewer was stopped before. */
  paid: Promise<number | undefined>;
  stop(): void;
};

export function startViewer(address: string, orderId: string): Viewer {
  const state: ViewerState = {
    stopped: false,
    ends: 0,
    toldToReconnect: false,
    versions: [],
    pollNow: () => undefined,
    closeStream: () => undefined,
  };
  const paid = pollUntilPaid(address, orderId, state);
  void keepListening(address, orderId, state);
  return {
    state,
    paid,
    stop: () => {
      state.stopped = true;
      state.pollNow();
      state.closeStream();
    },
  };
}

async function pollUntilPaid(
  address: string,
  orderId: string,
  state: ViewerState,
): Promise<number | undefined> {
  while (!state.stopped) {
    const view = await fetchView(`${address}/api/orders/${orderId}/status`);
    if (view) state.versions.push(view.version);
    if (view?.status === "paid") return performance.now();
    await new Promise<void>((done) => {
      const timer = setTimeout(done, POLL_EVERY_MS);
      state.pollNow = () => {
        clearTimeout(timer);
        done();
      };
    });
  }
  return undefined;
}

type View = { version: number; status: string };

async function fetchView(url: string): Promise<View | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) return undefined;
    const view: View = await response.json();
    return view;
  } catch {
    return undefined;
  }
}

async function keepListening(address: string, orderId: string, state: ViewerState): Promise<void> {
  while (!state.stopped) {
    await openStream(`${address}/api/orders/${orderId}/events`, state);
    // Changes may have been missed meanwhile.
    state.pollNow();
    if (!state.stopped) await pause(state.toldToReconnect ? RECONNECT_AFTER_MS : 500);
  }
}

/** Resolves when the stream has ended. */
function openStream(url: string, state: ViewerState): Promise<void> {
  return new Promise((ended) => {
    const request = http.get(url, { agent: false }, (response) => {
      response.setEncoding("utf8");
      response.on("data", (text: string) => {
        if (text.includes("retry:")) {
          state.toldToReconnect = true;
          state.pollNow();
        }
        if (text.includes("event: changed")) state.pollNow();
      });
      response.once("end", () => state.ends++);
      response.once("error", () => undefined);
      response.once("close", ended);
    });
    request.once("error", () => ended());
    state.closeStream = () => void request.destroy();
  });
}
