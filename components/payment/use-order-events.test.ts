import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { listen } from "./use-order-events";

/** What the hook uses of a browser's EventSource. */
class FakeSource extends EventTarget {
  static readonly all: FakeSource[] = [];
  isOpen = true;
  constructor(readonly url: string) {
    super();
    FakeSource.all.push(this);
  }
  close(): void {
    this.isOpen = false;
  }
}

const page = Object.assign(new EventTarget(), { visibilityState: "visible" });
const show = (state: "visible" | "hidden") => {
  page.visibilityState = state;
  page.dispatchEvent(new Event("visibilitychange"));
};
const open = () => FakeSource.all.filter(({ isOpen }) => isOpen);
const fail = () => open()[0]?.dispatchEvent(new Event("error"));
const dayMs = 24 * 60 * 60_000;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", FakeSource);
  vi.stubGlobal("document", page);
});
afterEach(() => {
  show("visible");
  FakeSource.all.length = 0;
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("listen", () => {
  test("does nothing in a browser without event streams, or that blocks them", () => {
    const blocked = () => {
      throw new Error("blocked");
    };
    for (const missing of [undefined, blocked]) {
      vi.stubGlobal("EventSource", missing);
      const stop = listen("/events", () => undefined);
      show("hidden");
      show("visible");
      stop();
    }
    expect(FakeSource.all).toEqual([]);
  });

  test("tells every change of the order, over one stream", () => {
    const onChange = vi.fn();
    const stop = listen("/api/orders/1/events", onChange);
    expect(open().map(({ url }) => url)).toEqual(["/api/orders/1/events"]);
    open()[0]?.dispatchEvent(new Event("changed"));
    open()[0]?.dispatchEvent(new Event("changed"));
    expect(onChange).toHaveBeenCalledTimes(2);
    stop();
  });

  test("opens the stream again after an error, at most 45 seconds later", () => {
    const stop = listen("/events", () => undefined);
    for (let time = 0; time < 10; time += 1) {
      fail();
      expect(open()).toEqual([]);
      vi.advanceTimersByTime(45_000);
      expect(open()).toHaveLength(1);
    }
    stop();
  });

  test("closes the stream of a page that is hidden for a minute, and opens it when the page is visible again", () => {
    const stop = listen("/events", () => undefined);
    show("hidden");
    vi.advanceTimersByTime(59_999);
    expect(open()).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(open()).toEqual([]);
    show("visible");
    expect(open()).toHaveLength(1);
    stop();
  });

  test.each<[string, () => unknown]>([
    ["open", () => undefined],
    ["waiting after an error", fail],
    ["in a page that was hidden a moment ago", () => show("hidden")],
  ])("leaves no stream and no timer once it is stopped: %s", (_, before) => {
    const stop = listen("/events", () => undefined);
    before();
    stop();
    show("visible");
    vi.advanceTimersByTime(dayMs);
    expect(open()).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
