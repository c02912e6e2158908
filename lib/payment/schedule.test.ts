import { describe, expect, test } from "vitest";
import { nextCheckAt } from "./schedule";
import type { WatchedPayment } from "./schedule";

const start = new Date("2026-11-21T05:00:00Z");
const after = (seconds: number) => new Date(start.getTime() + seconds * 1000);
const watched = (change: Partial<WatchedPayment>): WatchedPayment => ({
  status: "awaiting_payment",
  tries: 0,
  expiresAt: start,
  closedAt: undefined,
  refused: false,
  paidAt: undefined,
  refunds: false,
  selfHosted: undefined,
  ...change,
});
const hour = 3600;

describe("nextCheckAt", () => {
  test("resends an unanswered request soon, then every half minute", () => {
    const pauses = [0, 1, 2, 3, 4, 5, 60].map((tries) =>
      nextCheckAt(watched({ status: "requested", tries }), start),
    );
    expect(pauses).toEqual([2, 4, 8, 15, 30, 30, 30].map(after));
  });

  test("checks a code at its expiry, then after each of DOKU's retries, up to a week", () => {
    const checks = [-hour, 1, 65, 180, 600, hour, 6 * hour, 13 * hour, 18 * hour].map((seconds) =>
      nextCheckAt(watched({}), after(seconds)),
    );
    expect(checks).toEqual([1, 65, 180, 600, hour, 6 * hour, 13 * hour, 18 * hour, 48 * hour].map(after));
    expect(nextCheckAt(watched({}), after(8 * 24 * hour))).toBeUndefined();
  });

  test("never checks twice within a minute, which is DOKU's limit", () => {
    let at = start;
    for (;;) {
      const next = nextCheckAt(watched({}), at);
      if (!next) break;
      if (at > start) expect(next.getTime() - at.getTime()).toBeGreaterThanOrEqual(60_000);
      at = next;
    }
  });

  test("checks a closed payment for late money, but not a refused request", () => {
    expect(nextCheckAt(watched({ status: "expired", closedAt: start }), start)).toEqual(after(65));
    expect(nextCheckAt(watched({ status: "failed", closedAt: start, refused: true }), start)).toBeUndefined();
    expect(nextCheckAt(watched({ status: "paid", paidAt: start }), start)).toBeUndefined();
  });

  test("checks a closed payment after each of DOKU's retries, and not later", () => {
    const ends = ["expired", "cancelled", "failed"] as const;
    const checks = [0, 65, 300, hour, 6 * hour, 13 * hour].map((seconds) =>
      ends.map((status) => nextCheckAt(watched({ status, closedAt: start }), after(seconds))),
    );
    const expected = [65, 300, hour, 6 * hour, 13 * hour, 18 * hour].map((seconds) => after(seconds));
    expect(checks).toEqual(expected.map((moment) => [moment, moment, moment]));
    expect(nextCheckAt(watched({ status: "cancelled", closedAt: start }), after(18 * hour))).toBeUndefined();
  });

  test("checks an expired code daily for a week", () => {
    const days = [2, 3, 4, 5, 6, 7].map((day) => nextCheckAt(watched({}), after(day * 24 * hour)));
    expect(days).toEqual([3, 4, 5, 6, 7, 8].map((day) => after(day * 24 * hour)));
  });

  test("checks a paid payment for a refund for a month", () => {
    const checks = [0, 1, 3, 7, 14, 21].map((days) =>
      nextCheckAt(watched({ status: "paid", paidAt: start, refunds: true }), after(days * 24 * hour)),
    );
    expect(checks).toEqual([1, 3, 7, 14, 21, 31].map((days) => after(days * 24 * hour)));
    const refunded = watched({ status: "refunded", paidAt: start, refunds: true });
    expect(nextCheckAt(refunded, start)).toBeUndefined();
  });

  test("checks a code that runs for days daily, in case a notification was lost", () => {
    const code = watched({ expiresAt: after(60 * 24 * hour) });
    expect(nextCheckAt(code, start)).toEqual(after(24 * hour));
    expect(nextCheckAt(code, after(59.5 * 24 * hour))).toEqual(after(60 * 24 * hour + 1));
  });
});

describe("nextCheckAt for a self-hosted bill", () => {
  const bill = (inquiredAt: Date | undefined, more: Partial<WatchedPayment> = {}) =>
    watched({ expiresAt: after(24 * hour), selfHosted: { inquiredAt }, ...more });

  test("returns only the expiry for a bill that was never inquired, and nothing after it", () => {
    expect(nextCheckAt(bill(undefined), start)).toEqual(after(24 * hour));
    expect(nextCheckAt(bill(undefined), after(25 * hour))).toEqual(after(25 * hour));
    expect(nextCheckAt(bill(undefined, { status: "expired", closedAt: start }), start)).toBeUndefined();
  });

  test("checks soon after an inquiry, and after the expiry like any code", () => {
    expect(nextCheckAt(bill(start), start)).toEqual(after(65));
    const checks = [65, 300, 1800, hour].map((seconds) => nextCheckAt(bill(start), after(seconds)));
    expect(checks).toEqual([300, 1800, hour, 13 * hour].map((seconds) => after(seconds)));
    expect(nextCheckAt(bill(start), after(13 * hour))).toEqual(after(18 * hour));
    expect(nextCheckAt(bill(start), after(20 * hour))).toEqual(after(24 * hour + 1));
    const ended = bill(start, { status: "expired", closedAt: after(24 * hour) });
    expect(nextCheckAt(ended, after(24 * hour))).toEqual(after(24 * hour + 65));
  });
});
