import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { getGrownPauseMs, livePauseMs, watchChanges } from "./watch-changes";
import type { StreamState } from "./watch-changes";

/** What the watch uses of a browser's EventSource. */
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
const say = (event: "alive" | "changed" | "error") => open()[0]?.dispatchEvent(new Event(event));
const minuteMs = 60_000;
const stops: (() => void)[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", FakeSource);
  vi.stubGlobal("document", page);
});
afterEach(() => {
  // Also those of a test that failed.
  for (const stop of stops.splice(0)) stop();
  page.visibilityState = "visible";
  FakeSource.all.length = 0;
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Watches, and keeps the seconds at which the page asked. */
function watch() {
  const began = Date.now();
  const askedAt: number[] = [];
  const states: StreamState[] = [];
  const started = watchChanges({
    url: "/events",
    onStale: () => askedAt.push((Date.now() - began) / 1000),
    getPauseMs: ({ isLive, asked }) => (isLive ? livePauseMs : getGrownPauseMs(asked)),
    onState: (state) => states.push(state),
    hiddenLimitMs: minuteMs,
  });
  stops.push(started.stop);
  return { ...started, askedAt, states };
}

/** Lets time pass in which the server says `alive` every 15 seconds. */
function beat(seconds: number) {
  for (let passed = 0; passed < seconds; passed += 15) {
    vi.advanceTimersByTime(15_000);
    say("alive");
  }
}

describe("watchChanges", () => {
  test("asks once a minute while the stream lives, and at once on every change", () => {
    const { askedAt, states, stop } = watch();
    say("alive");
    expect(askedAt.splice(0)).toEqual([0]);
    beat(150);
    expect(askedAt.splice(0)).toEqual([60, 120]);
    say("changed");
    expect(askedAt.splice(0)).toEqual([150]);
    beat(60);
    expect(askedAt).toEqual([210]);
    expect(states).toEqual(["waiting", "on"]);
    expect(FakeSource.all).toHaveLength(1);
    stop();
  });

  test("asks after three seconds and then less and less often while the stream is held back", () => {
    const { askedAt, states, stop } = watch();
    vi.advanceTimersByTime(5 * minuteMs);
    const pauses = askedAt.map((at, place) => at - (askedAt[place - 1] ?? 0));
    expect(pauses.slice(0, 3)).toEqual([3, 4.5, 6.75]);
    expect(Math.max(...pauses)).toBeCloseTo(30);
    expect(pauses.length).toBeLessThan(15);
    expect(states).toEqual(["waiting", "off"]);
    // It may still announce a change.
    expect(open()).toHaveLength(1);
    stop();
  });

  test.each([
    ["does not exist", undefined],
    [
      "is blocked",
      () => {
        throw new Error("blocked");
      },
    ],
  ])("asks by its timers where EventSource %s", (_, EventSource) => {
    vi.stubGlobal("EventSource", EventSource);
    const { askedAt, states, stop } = watch();
    vi.advanceTimersByTime(8_000);
    expect(askedAt).toEqual([3, 7.5]);
    expect(states.at(-1)).toBe("off");
    stop();
  });

  test("asks at most twenty seconds after the last sign of life, and opens the stream again", () => {
    const { askedAt, states, stop } = watch();
    say("alive");
    beat(30);
    vi.advanceTimersByTime(20_000);
    expect(askedAt.splice(0)).toEqual([0, 50]);
    expect(states.at(-1)).toBe("off");
    vi.advanceTimersByTime(1_500);
    expect(open()).toHaveLength(1);
    say("alive");
    expect(askedAt).toHaveLength(1);
    expect(states.at(-1)).toBe("on");
    stop();
  });

  test("has short pauses again after a change of what it shows", () => {
    const { askedAt, restart, stop } = watch();
    vi.advanceTimersByTime(minuteMs);
    askedAt.length = 0;
    restart();
    vi.advanceTimersByTime(3_000);
    expect(askedAt).toEqual([63]);
    stop();
  });

  test("opens the stream again after an error, at most 45 seconds later", () => {
    const { stop } = watch();
    for (let time = 0; time < 10; time += 1) {
      say("error");
      expect(open()).toEqual([]);
      vi.advanceTimersByTime(45_000);
      expect(open()).toHaveLength(1);
    }
    stop();
  });

  test.each([
    ["whose stream is held back", () => undefined],
    ["whose stream lives", () => say("alive")],
  ])("asks nothing in a hidden page %s, and at once when it is visible again", (_, before) => {
    const { askedAt, stop } = watch();
    before();
    askedAt.length = 0;
    show("hidden");
    vi.advanceTimersByTime(minuteMs - 1);
    vi.advanceTimersByTime(1);
    expect(open()).toEqual([]);
    vi.advanceTimersByTime(60 * minuteMs);
    expect(askedAt).toEqual([]);
    show("visible");
    expect(askedAt).toEqual([3_660]);
    expect(open()).toHaveLength(1);
    vi.advanceTimersByTime(3_000);
    expect(askedAt).toEqual([3_660, 3_663]);
    stop();
  });

  test("asks nothing in a page that was opened hidden", () => {
    page.visibilityState = "hidden";
    const { askedAt, stop } = watch();
    vi.advanceTimersByTime(10 * minuteMs);
    expect([askedAt, open()]).toEqual([[], []]);
    stop();
  });

  test("asks at once when a frozen page is resumed", () => {
    const { askedAt, stop } = watch();
    page.dispatchEvent(new Event("resume"));
    expect(askedAt).toEqual([0]);
    stop();
  });

  test.each<[string, () => unknown]>([
    ["open", () => undefined],
    ["living", () => say("alive")],
    ["waiting after an error", () => say("error")],
    ["in a page that was hidden a moment ago", () => show("hidden")],
  ])("leaves no stream and no timer once it is stopped: %s", (_, before) => {
    const { askedAt, stop } = watch();
    before();
    stop();
    askedAt.length = 0;
    show("visible");
    expect(vi.getTimerCount()).toBe(0);
    expect([askedAt, open()]).toEqual([[], []]);
  });
});
