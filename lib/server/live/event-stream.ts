import "server-only";

/**
 * Caps on the server-sent event streams of one process. Those of an order's own browsers are counted apart from those of
 * others who have its link, and one client has a share of the latter, so that a stranger with the link takes no stream
 * from the shopper.
 */
const caps = { own: 10, others: 10, oneOfOthers: 4, client: 20, process: 5000 };
const heartbeatIntervalMs = 15_000;
const maxLifeMs = 10 * 60_000;
/** How soon a stream ends after its viewer may no longer watch. */
const permissionIntervalMs = 3_000;
/** An event, because a page does not see comments. */
const alive = "event: alive\ndata: alive\n\n";

type OpenStreams = { counts: Map<string, number>; all: Set<() => void> };

declare global {
  var kodeBayarStreams: OpenStreams | undefined;
}
const openStreams: OpenStreams = (globalThis.kodeBayarStreams ??= {
  counts: new Map(),
  all: new Set(),
});

export type StreamRequest = {
  orderId: string;
  client: string;
  /** The browser that placed the order, or staff. */
  isOwn: boolean;
  signal: AbortSignal;
  /** Whether the viewer may go on watching, asked every few seconds. Left out where that cannot end. */
  isAllowed?: () => Promise<boolean>;
  subscribe: (listener: () => void) => () => void;
};

/**
 * A stream that sends the event `changed` whenever its order changes; the page then loads the status document. `alive`
 * tells the page that the stream is not held back on its way. The names of the events stay, because pages of an older
 * release listen for them.
 * @returns undefined when a cap is reached; the page then polls instead
 */
export function openStream(request: StreamRequest): Response | undefined {
  if (!countIn(request)) return undefined;
  const encoder = new TextEncoder();
  let close = () => {};
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const unsubscribe = request.subscribe(() => send("event: changed\ndata: changed\n\n"));
      const heartbeat = setInterval(() => send(alive), heartbeatIntervalMs);
      const life = setTimeout(() => close(), maxLifeMs);
      const stopAsking = askRepeatedly(request.isAllowed, () => close());
      close = once(() => {
        clearInterval(heartbeat);
        clearTimeout(life);
        stopAsking();
        unsubscribe();
        countOut(request, close);
        closeQuietly(controller);
      });
      openStreams.all.add(close);
      request.signal.addEventListener("abort", close);
      // Some proxies hold back the first 2 KiB.
      send(`retry: 2000\n: ${" ".repeat(2048)}\n\n${alive}`);
      // Aborted before the listener was added: no event would follow.
      if (request.signal.aborted) close();
    },
    cancel: () => close(),
  });
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache, no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}

/** A failed question ends nothing: the database may be away for a moment, and a stream says no more than "changed". */
function askRepeatedly(isAllowed: StreamRequest["isAllowed"], onRefused: () => void): () => void {
  if (!isAllowed) return () => {};
  let isAsking = false;
  const ask = async () => {
    if (isAsking) return;
    isAsking = true;
    const allowed = await isAllowed().catch(() => true);
    isAsking = false;
    if (!allowed) onRefused();
  };
  const timer = setInterval(() => void ask(), permissionIntervalMs);
  return () => clearInterval(timer);
}

/** Closes every stream, for a graceful stop. Browsers reconnect by themselves. */
export const closeStreams = (): void => openStreams.all.forEach((close) => close());

/** What a stream counts against, with its cap. */
const listCaps = ({ orderId, client, isOwn }: StreamRequest): [string, number][] => [
  [`client ${client}`, caps.client],
  ...(isOwn
    ? ([[`own ${orderId}`, caps.own]] as [string, number][])
    : ([
        [`others ${orderId}`, caps.others],
        [`others ${orderId} ${client}`, caps.oneOfOthers],
      ] as [string, number][])),
];

function countIn(request: StreamRequest): boolean {
  const counted = listCaps(request);
  const isFull = counted.some(([key, cap]) => (openStreams.counts.get(key) ?? 0) >= cap);
  if (isFull || openStreams.all.size >= caps.process) return false;
  for (const [key] of counted) openStreams.counts.set(key, (openStreams.counts.get(key) ?? 0) + 1);
  return true;
}

function countOut(request: StreamRequest, close: () => void): void {
  openStreams.all.delete(close);
  for (const [key] of listCaps(request)) decrease(openStreams.counts, key);
}

function decrease(counts: Map<string, number>, key: string): void {
  const left = (counts.get(key) ?? 1) - 1;
  if (left > 0) counts.set(key, left);
  else counts.delete(key);
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    action();
  };
}

function closeQuietly(controller: ReadableStreamDefaultController): void {
  try {
    controller.close();
  } catch {
    // The browser has closed it already.
  }
}
