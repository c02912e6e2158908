import { expect, test } from "vitest";
import { findClockDifference } from "./to-shown-inquiry";

const receivedAt = new Date("2026-11-21T09:30:00Z");
const row = (sentAt: string, verifiedBy: "current" | null = "current") => ({
  receivedAt,
  verifiedBy,
  headers: { "Request-Timestamp": sentAt },
});

test("finds how far our clock is ahead of DOKU's or behind it, by the newest inquiry", () => {
  expect(findClockDifference([row("2026-11-21T09:20:00Z"), row("2026-11-21T09:30:00Z")])).toBe(600_000);
  expect(findClockDifference([row("2026-11-21T09:36:00Z")])).toBe(-360_000);
});

test("finds no difference in the minutes that a message may take, in a forged inquiry or without a time", () => {
  expect(findClockDifference([row("2026-11-21T09:28:00Z")])).toBeUndefined();
  expect(
    findClockDifference([row("2026-11-21T08:00:00Z", null), row("2026-11-21T09:30:00Z")]),
  ).toBeUndefined();
  expect(findClockDifference([row("yesterday")])).toBeUndefined();
  expect(findClockDifference([])).toBeUndefined();
});
