const firstReopenMs = 1_000;
const maxReopenMs = 30_000;
/** The server says `alive` every 15 seconds. */
const silenceLimitMs = 20_000;

const firstPauseMs = 3_000;
const maxPauseMs = 30_000;
const pauseGrowth = 1.5;
/** The longest time between two questions while the stream lives. */
export const livePauseMs = 60_000;

/** The pause after `asked` questions without a stream: three seconds at first, half a minute in the end. */
export const getGrownPauseMs = (asked: number): number =>
  Math.min(firstPauseMs * pauseGrowth ** asked, maxPauseMs);

/** `on`: the stream lives. `off`: it is cut, silent, or this browser has none. */
export type StreamState = "waiting" | "on" | "off";

export type WatchOptions = {
  url: string;
  /** What the page shows may be out of date. */
  onStale: () => void;
  /** The time until the page is taken for out of date although nothing was heard. */
  getPauseMs: (pace: { isLive: boolean; asked: number }) => number;
  onState?: (state: StreamState) => void;
  /** A page that is hidden for longer closes its stream. */
  hiddenLimitMs: number;
};

export type Watch = {
  /** What the page shows has changed: the pauses are short again. */
  restart: () => void;
  stop: () => void;
};

/**
 * Watches an event stream, with timers behind it. A stream lives only while the server is heard on it: a proxy may hold
 * it back, and a frozen process keeps it open. A hidden page asks nothing; one that is visible again asks at once.
 */
export function watchChanges({ url, onStale, getPauseMs, onState, hiddenLimitMs }: WatchOptions): Watch {
  let source: EventSource | undefined;
  let isLive = false;
  let asked = 0;
  let reopenMs = firstReopenMs;
  const timers: Record<"ask" | "reopen" | "silence" | "hide", ReturnType<typeof setTimeout> | undefined> = {
    ...{ ask: undefined, reopen: undefined, silence: undefined, hide: undefined },
  };
  const after = (name: keyof typeof timers, ms: number, action: () => void) => {
    clearTimeout(timers[name]);
    timers[name] = setTimeout(action, ms);
  };

  const askLater = () => {
    clearTimeout(timers.ask);
    if (isHidden()) return;
    after("ask", getPauseMs({ isLive, asked }), () => {
      asked += 1;
      ask();
    });
  };
  const ask = () => {
    onStale();
    askLater();
  };
  const restart = () => {
    asked = 0;
    askLater();
  };

  function hear(isNews: boolean) {
    const wasLive = isLive;
    isLive = true;
    reopenMs = firstReopenMs;
    after("silence", silenceLimitMs, lose);
    if (!wasLive) onState?.("on");
    // What changed before the stream lived was not announced on it.
    if (isNews || !wasLive) ask();
  }
  /** The stream is cut or silent. One that was never heard stays open: it may only be held back. */
  function lose() {
    onState?.("off");
    if (!isLive) return;
    close();
    if (isHidden()) return;
    reopenLater();
    asked = 0;
    ask();
  }
  function open() {
    if (source) return;
    onState?.("waiting");
    source = openEventSource(url);
    if (!source) return onState?.("off");
    after("silence", silenceLimitMs, lose);
    source.addEventListener("alive", () => hear(false));
    source.addEventListener("changed", () => hear(true));
    source.addEventListener("error", () => {
      onState?.("off");
      close();
      reopenLater();
      restart();
    });
  }
  function reopenLater() {
    // A random pause, so that not all pages reconnect at once after a restart of the server.
    after("reopen", reopenMs * (0.5 + Math.random()), open);
    reopenMs = Math.min(reopenMs * 2, maxReopenMs);
  }
  function close() {
    clearTimeout(timers.reopen);
    clearTimeout(timers.silence);
    isLive = false;
    source?.close();
    source = undefined;
  }
  function wake() {
    asked = 0;
    ask();
    open();
  }
  function onVisibility() {
    clearTimeout(timers.hide);
    if (!isHidden()) return wake();
    clearTimeout(timers.ask);
    after("hide", hiddenLimitMs, close);
  }

  open();
  askLater();
  if (isHidden()) onVisibility();
  document.addEventListener("visibilitychange", onVisibility);
  // A page that the browser had frozen.
  document.addEventListener("resume", wake);
  return {
    restart,
    stop: () => {
      document.removeEventListener("visibilitychange", onVisibility);
      document.removeEventListener("resume", wake);
      close();
      Object.values(timers).forEach(clearTimeout);
    },
  };
}

const isHidden = (): boolean => document.visibilityState === "hidden";

/** @returns undefined in a browser that has no event streams, or blocks them: the timers are enough */
function openEventSource(url: string): EventSource | undefined {
  try {
    return new EventSource(url);
  } catch {
    return undefined;
  }
}
