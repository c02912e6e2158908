import { expect, test } from "vitest";
import { parseBillTime } from "./bill-time";

test.each([
  ["2026-12-31", "2026-12-31T16:59:00.000Z"],
  ["31/12/2026", "2026-12-31T16:59:00.000Z"],
  ["1-2-2027 7.05", "2027-02-01T00:05:00.000Z"],
  [" 2026-12-31 17:30 ", "2026-12-31T10:30:00.000Z"],
  ["2026-12-31T17:30", "2026-12-31T10:30:00.000Z"],
])("parses %s as a moment in WIB", (text, moment) => {
  expect(parseBillTime(text)?.toISOString()).toBe(moment);
});

test.each(["", "31/02/2026", "2026-13-01", "12/31/2026", "2026-12-31 24:30", "tomorrow", "20261231"])(
  "refuses %j, which is no moment",
  (text) => {
    expect(parseBillTime(text)).toBeUndefined();
  },
);
