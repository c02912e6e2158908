import { describe, expect, test } from "vitest";
import { asClock, secondsLeftAfter, thresholdBetween } from "./time-left";

describe("the countdown", () => {
  test("counts down from the server's seconds and stops at zero", () => {
    expect(secondsLeftAfter(60, 0)).toBe(60);
    expect(secondsLeftAfter(60, 1)).toBe(60);
    expect(secondsLeftAfter(60, 1000)).toBe(59);
    expect(secondsLeftAfter(60, 59_999)).toBe(1);
    expect(secondsLeftAfter(60, 3_600_000)).toBe(0);
  });

  test("writes a clock whose hours go beyond a day", () => {
    expect(asClock(0)).toBe("00:00:00");
    expect(asClock(47 * 60 + 12)).toBe("00:47:12");
    expect(asClock(49 * 3600 + 600)).toBe("49:10:00");
  });

  test("announces 30, 10, 5 and 1 minutes and the end, and no other second", () => {
    const spoken = [];
    for (let left = 3600; left > 0; left--) spoken.push(thresholdBetween(left, left - 1));
    expect(spoken.filter((threshold) => threshold !== undefined)).toEqual([1800, 600, 300, 60, 0]);
  });

  test("announces once after a sleep, with the present time", () => {
    expect(thresholdBetween(3000, 250)).toBe(300);
    expect(thresholdBetween(3000, 0)).toBe(0);
  });

  test("announces no extension", () => {
    expect(thresholdBetween(50, 3600)).toBeUndefined();
  });
});
