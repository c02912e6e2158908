import "server-only";

/** Caps on the server-sent event streams of one process: per order, per client and in total. */
const caps = { order: 10, client: 20, process: 5000 };
const heartbeatIntervalMs = 15_000;
const maxLifeMs = 10 * 60_000;
/** How soon a stream ends after its viewer may no longer watch. */
const permissionIntervalMs = 3_000;
/** An event, because a page does not see comments. */
const alive = "event: alive\ndata: alive\n\n";

type OpenStreams = { order: Map<string, number>; client: Map<string, number>; all: Set<() => void> };

declare global {
  var kodeBayarStreams: OpenStreams | undefined;
}
const openStreams: OpenStreams = (globalThis.kodeBayarStreams ??= {
  order: new Map(),
  client: new Map(),
  all: new Set(),
});

export type StreamRequest = {
  orderId: string;
  client: string;
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

function countIn({ orderId, client }: StreamRequest): boolean {
  const perOrder = openStreams.order.get(orderId) ?? 0;
  const perClient = openStreams.client.get(client) ?? 0;
  if (perOrder >= caps.order || perClient >= caps.client || openStreams.all.size >= caps.process)
    return false;
  openStreams.order.set(orderId, perOrder + 1);
  openStreams.client.set(client, perClient + 1);
  return true;
}

function countOut({ orderId, client }: StreamRequest, close: () => void): void {
  openStreams.all.delete(close);
  decrease(openStreams.order, orderId);
  decrease(openStreams.client, client);
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
