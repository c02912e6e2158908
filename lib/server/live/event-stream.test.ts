import { afterEach, describe, expect, test, vi } from "vitest";
import { closeStreams, openStream } from "./event-stream";

function openTestStream(orderId: string, client: string, isOwn = false) {
  const abort = new AbortController();
  let notify = () => {};
  let subscribed = false;
  const subscribe = (listener: () => void) => {
    notify = listener;
    subscribed = true;
    return () => void (subscribed = false);
  };
  const response = openStream({ orderId, client, isOwn, signal: abort.signal, subscribe });
  return { response, abort, notify: () => notify(), isSubscribed: () => subscribed };
}

const decoder = new TextDecoder();
const tenMinutesMs = 10 * 60_000;

afterEach(() => vi.useRealTimers());

/** Everything that a stream sends, once it has ended. */
const readAll = async (response: Response | undefined): Promise<string> => (await response?.text()) ?? "";

describe("openStream", () => {
  test("starts with padding for proxies and a sign of life, then sends only changed events", async () => {
    const { response, notify, abort } = openTestStream("order-1", "client-1");
    expect(response?.headers.get("x-accel-buffering")).toBe("no");
    expect(response?.headers.get("cache-control")).toContain("no-transform");
    const reader = response?.body?.getReader();
    const first = decoder.decode((await reader?.read())?.value);
    expect(first).toMatch(/^retry: 2000\n/);
    expect(first.endsWith("\n\nevent: alive\ndata: alive\n\n")).toBe(true);
    expect(first.length).toBeGreaterThan(2048);
    notify();
    expect(decoder.decode((await reader?.read())?.value)).toBe("event: changed\ndata: changed\n\n");
    abort.abort();
    expect((await reader?.read())?.done).toBe(true);
  });

  test("leaves nothing behind when the browser disconnects", () => {
    const { abort, isSubscribed } = openTestStream("order-2", "client-2");
    expect(isSubscribed()).toBe(true);
    abort.abort();
    expect(isSubscribed()).toBe(false);
  });

  test("refuses more than ten streams for an order and twenty for a client, until one is closed", () => {
    const ofOrder = Array.from({ length: 11 }, (_, at) => openTestStream("order-3", `client-3-${at}`));
    expect(ofOrder.map(({ response }) => response !== undefined)).toEqual([
      ...Array.from({ length: 10 }, () => true),
      false,
    ]);
    ofOrder[0]?.abort.abort();
    expect(openTestStream("order-3", "client-3").response).toBeDefined();
    const ofClient = Array.from({ length: 21 }, (_, at) => openTestStream(`order-4-${at}`, "client-4"));
    expect(ofClient.filter(({ response }) => response === undefined)).toHaveLength(1);
  });

  test("one stranger takes few of an order's streams, many take none from the shopper", () => {
    const open = (client: string, isOwn = false) => openTestStream("order-12", client, isOwn).response;
    const ofOne = Array.from({ length: 6 }, () => open("stranger"));
    expect(ofOne.filter((response) => response !== undefined)).toHaveLength(4);
    const ofMany = Array.from({ length: 20 }, (_, at) => open(`stranger-${at}`));
    expect(ofMany.filter((response) => response !== undefined)).toHaveLength(6);
    expect(open("shopper", true)).toBeDefined();
  });

  test("closes at once for a browser that disconnected before it started", () => {
    const abort = new AbortController();
    abort.abort();
    let subscribed = false;
    const subscribe = () => {
      subscribed = true;
      return () => void (subscribed = false);
    };
    openStream({ orderId: "order-6", client: "client-6", isOwn: true, signal: abort.signal, subscribe });
    expect(subscribed).toBe(false);
  });

  test("refuses more than five thousand streams in all, until one is closed", () => {
    closeStreams();
    const streams = Array.from({ length: 6000 }, (_, at) =>
      openTestStream(`order-7-${at}`, `client-7-${at}`),
    );
    const given = streams.filter(({ response }) => response !== undefined);
    expect(given).toHaveLength(5000);
    expect(streams.slice(5000).every(({ isSubscribed }) => !isSubscribed())).toBe(true);
    given[0]?.abort.abort();
    expect(openTestStream("order-8", "client-8").response).toBeDefined();
    expect(openTestStream("order-9", "client-9").response).toBeUndefined();
    closeStreams();
    expect(given.some(({ isSubscribed }) => isSubscribed())).toBe(false);
  });

  test("ends after ten minutes, so that a signed-out dashboard or a forgotten page holds none for longer", async () => {
    vi.useFakeTimers();
    const streams = Array.from({ length: 10 }, (_, at) => openTestStream("order-10", `client-10-${at}`));
    vi.advanceTimersByTime(tenMinutesMs - 1);
    expect(streams.every(({ isSubscribed }) => isSubscribed())).toBe(true);
    expect(openTestStream("order-10", "client-10").response).toBeUndefined();
    vi.advanceTimersByTime(1);
    expect(streams.some(({ isSubscribed }) => isSubscribed())).toBe(false);
    const sent = await readAll(streams[0]?.response);
    expect(sent.match(/^event: alive\ndata: alive\n\n/gm)).toHaveLength(tenMinutesMs / 15_000 + 1);
    // Nothing is left of them: no timer, and no place that they hold.
    expect(vi.getTimerCount()).toBe(0);
    expect(openTestStream("order-10", "client-10").response).toBeDefined();
  });

  test("ends within seconds when its viewer may no longer watch, and not when that cannot be asked", async () => {
    vi.useFakeTimers();
    let answer = () => Promise.resolve(true);
    const subscribed = new Set<() => void>();
    openStream({
      orderId: "order-11",
      client: "client-11",
      isOwn: true,
      signal: new AbortController().signal,
      isAllowed: () => answer(),
      subscribe: (listener) => {
        subscribed.add(listener);
        return () => void subscribed.delete(listener);
      },
    });
    await vi.advanceTimersByTimeAsync(60_000);
    answer = () => Promise.reject(new Error("away"));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(subscribed.size).toBe(1);
    answer = () => Promise.resolve(false);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(subscribed.size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("ends when the server stops", async () => {
    const { response } = openTestStream("order-5", "client-5");
    closeStreams();
    const reader = response?.body?.getReader();
    await reader?.read();
    expect((await reader?.read())?.done).toBe(true);
  });
});
