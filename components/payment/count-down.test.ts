import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { countDown } from "./count-down";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start(isVisible: () => boolean = () => true) {
  const seen: (number | "end")[] = [];
  const stop = countDown({
    seconds: 3,
    onTick: (left) => seen.push(left),
    onEnd: () => seen.push("end"),
    isVisible,
  });
  return { seen, stop };
}

test("counts down to the end, and ends once", () => {
  const { seen } = start();
  vi.advanceTimersByTime(10_000);
  expect(seen).toEqual([3, 2, 1, "end"]);
});

test("never ends once it is stopped", () => {
  const { seen, stop } = start();
  vi.advanceTimersByTime(2500);
  stop();
  vi.advanceTimersByTime(10_000);
  expect(seen).toEqual([3, 2, 1]);
});

test("waits while the page is hidden", () => {
  let isVisible = false;
  const { seen } = start(() => isVisible);
  vi.advanceTimersByTime(60_000);
  expect(seen).toEqual([3]);
  isVisible = true;
  vi.advanceTimersByTime(3000);
  expect(seen).toEqual([3, 2, 1, "end"]);
});
