import { describe, expect, test } from "vitest";
import { amountsAt } from "./amounts";
import { Rupiah } from "./rupiah";

const noon = Date.parse("2026-11-21T05:00:00Z");
const minute = (minutes: number) => new Date(noon + minutes * 60_000);
const [old, middle, now] = [150_000, 120_000, 90_000].map((amount) => Rupiah.parse(amount)) as [
  Rupiah,
  Rupiah,
  Rupiah,
];
const first = { from: old, to: middle, askedAt: minute(10), settledAt: minute(12) };
const second = { from: middle, to: now, askedAt: minute(30), settledAt: minute(31) };

describe("amountsAt", () => {
  test("returns only the current amount when it was never changed", () => {
    expect(amountsAt(old, [], minute(-9999))).toEqual([old]);
    expect(amountsAt(old, [], minute(9999))).toEqual([old]);
  });

  test.each([
    ["long before", 4, [old]],
    ["from five minutes before the request", 5, [old, middle]],
    ["while DOKU was being asked", 11, [old, middle]],
    ["within five minutes of its answer, as clocks differ", 16, [old, middle]],
    ["at the last of those moments", 17, [old, middle]],
    ["after it", 20, [middle]],
    ["while the second change was requested", 30.5, [middle, now]],
    ["after that", 40, [now]],
  ])("returns the amounts that may be in force %s", (_, at, amounts) => {
    expect(amountsAt(now, [first, second], minute(at))).toEqual(amounts);
  });

  test("returns both amounts while a change is unconfirmed, however long that takes", () => {
    const open = { ...second, settledAt: undefined };
    expect(amountsAt(middle, [first, open], minute(600))).toEqual([middle, now]);
  });

  test("returns only the last amount once a change after an unconfirmed one is confirmed", () => {
    const unsure = { ...first, settledAt: undefined };
    const sure = { ...second, from: old };
    expect(amountsAt(now, [unsure, sure], minute(20))).toEqual([old, middle]);
    expect(amountsAt(now, [unsure, sure], minute(40))).toEqual([now]);
  });
});
