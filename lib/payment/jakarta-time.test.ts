import { expect, test } from "vitest";
import { isDateUntilToday } from "./jakarta-time";

/** 01:00 on 22 November in Jakarta, still the 21st in UTC. */
const now = new Date("2026-11-21T18:00:00Z");

test("today in Jakarta and the days before it are not in the future", () => {
  for (const date of ["2026-11-22", "2026-11-21", "2024-02-29"])
    expect(isDateUntilToday(date, now), date).toBe(true);
});

test("refuses the future, days that are not on the calendar and other spellings", () => {
  for (const date of ["2026-11-23", "2026-02-29", "2026-13-01", "22/11/2026", "2026-11-2", "", " 2026-11-21"])
    expect(isDateUntilToday(date, now), date).toBe(false);
});
