import { expect, test } from "vitest";
import { failingLimitMs, nextTryAt } from "./retries";

const now = new Date("2026-11-27T05:00:00Z");
const pauseMs = (tries: number, chance = 0) =>
  (nextTryAt(tries, now, chance)?.getTime() ?? NaN) - now.getTime();

test("a webhook is tried ten times in three days", () => {
  expect(Array.from({ length: 9 }, (_, at) => pauseMs(at + 1) / 1000)).toEqual([
    5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400,
  ]);
  expect(nextTryAt(10, now, 0)).toBeUndefined();
});

test("up to a tenth is added to each pause, by chance", () => {
  expect([pauseMs(2, 0), pauseMs(2, 0.5), pauseMs(2, 1)]).toEqual([300_000, 315_000, 330_000]);
});

test("an endpoint may fail for longer than one message is tried", () => {
  const all = Array.from({ length: 9 }, (_, at) => pauseMs(at + 1, 1)).reduce((sum, one) => sum + one, 0);
  expect(all).toBeLessThan(failingLimitMs);
});
