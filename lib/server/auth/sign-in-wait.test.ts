import { expect, test } from "vitest";
import { computeWaitMs, toCurrentTries } from "./sign-in-wait";

const rule = { freeTries: 3, longestSeconds: 60 };
const nowMs = 1_795_000_000_000;
const wait = (count: number, agoMs = 0) =>
  computeWaitMs(rule, { count, lastMs: nowMs - agoMs }, nowMs) / 1000;

test("the wait begins after the free tries, doubles and is capped", () => {
  expect(computeWaitMs(rule, undefined, nowMs)).toBe(0);
  expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 5000].map((count) => wait(count))).toEqual([
    0, 0, 0, 5, 10, 20, 40, 60, 60, 60,
  ]);
});

test("the wait runs from the last wrong try", () => {
  expect(wait(4, 9_500)).toBe(0.5);
  expect(wait(4, 10_000)).toBe(0);
});

test("tries are forgotten after an hour without one, and when a clock was set back", () => {
  const tries = (agoMs: number) => toCurrentTries({ count: 9, lastMs: nowMs - agoMs }, nowMs);
  expect([tries(3600_000 - 1), tries(3600_000), tries(-5_000), tries(-5_001)]).toEqual([9, 0, 9, 0]);
  expect(wait(9, -5_001)).toBe(0);
});
