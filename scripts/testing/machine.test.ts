import { expect, test } from "vitest";
import { measureShare, parseDeadline, toShare } from "./machine";

test("a machine on which every piece of work takes the same time has a whole core", () => {
  expect(toShare(Array.from({ length: 1000 }, () => 1))).toBe(1);
});

test("pieces during which the machine stood still reduce the share", () => {
  const pieces = Array.from({ length: 1000 }, (_, index) => (index % 100 === 0 ? 401 : 1));
  expect(toShare(pieces)).toBeCloseTo(0.2, 5);
});

test("a single piece that was measured too short does not make a good machine look bad", () => {
  const pieces = [0.01, ...Array.from({ length: 999 }, () => 1)];
  expect(toShare(pieces)).toBeCloseTo(1, 2);
});

test("measures for as long as it is told, by the given clock", () => {
  let time = 0;
  expect(measureShare({ lastingMs: 20, now: () => (time += 2) })).toBe(1);
  expect(time).toBe(22);
});

test("reads a deadline in seconds since 1970, and knows none when it is not set", () => {
  expect(parseDeadline("1795000000")).toBe(1_795_000_000_000);
  expect(parseDeadline(undefined)).toBeUndefined();
  expect(parseDeadline("")).toBeUndefined();
});

test("refuses a deadline that is no such time", () => {
  for (const value of ["80", "in an hour", "-1795000000", "1795000000000"])
    expect(() => parseDeadline(value), value).toThrow("TEST_UNTIL must be a time in seconds since 1970");
});
