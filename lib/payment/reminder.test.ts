import { expect, test } from "vitest";
import { chooseAlarm } from "./reminder";

test.each([
  [60, 15],
  [3 * 60, 60],
  [24 * 60, 3 * 60],
  [7 * 24 * 60, 24 * 60],
  [20, 5],
  [5, 1],
  [0, 1],
])("with %i minutes left the alarm rings %i minutes before the end", (left, alarm) => {
  expect(chooseAlarm(left)).toBe(alarm);
});
