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

describe("what a till may have asked for", () => {
  test("without a change, is the amount and nothing else, at any time", () => {
    expect(amountsAt(old, [], minute(-9999))).toEqual([old]);
    expect(amountsAt(old, [], minute(9999))).toEqual([old]);
  });

  test.each([
    ["long before", 4, [old]],
    ["from five minutes before the asking", 5, [old, middle]],
    ["while DOKU was being asked", 11, [old, middle]],
    ["within five minutes of its answer, as clocks differ", 16, [old, middle]],
    ["to the last moment of these", 17, [old, middle]],
    ["after it", 20, [middle]],
    ["while the second change was being asked for", 30.5, [middle, now]],
    ["after that", 40, [now]],
  ])("%s", (_, at, amounts) => {
    expect(amountsAt(now, [first, second], minute(at))).toEqual(amounts);
  });

  test("while DOKU has not answered, is either, however long that takes", () => {
    const open = { ...second, settledAt: undefined };
    expect(amountsAt(middle, [first, open], minute(600))).toEqual([middle, now]);
  });

  test("after one of which nobody can be sure, and one that was made, is the last alone", () => {
    const unsure = { ...first, settledAt: undefined };
    const sure = { ...second, from: old };
    expect(amountsAt(now, [unsure, sure], minute(20))).toEqual([old, middle]);
    expect(amountsAt(now, [unsure, sure], minute(40))).toEqual([now]);
  });
});
