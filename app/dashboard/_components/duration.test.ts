import { expect, test } from "vitest";
import { durationText } from "./duration";

const labels = { seconds: "{n} dtk", minutes: "{n} mnt", hours: "{n} jam", days: "{n} hari" };
const second = 1000;

test.each([
  [0, "0 dtk"],
  [59_999, "59 dtk"],
  [60 * second, "1 mnt"],
  [-47 * 60 * second, "47 mnt"],
  [7199 * second, "119 mnt"],
  [7200 * second, "2 jam"],
  [47 * 3600 * second, "47 jam"],
  [48 * 3600 * second, "2 hari"],
])("%i milliseconds are %s", (milliseconds, text) => expect(durationText(milliseconds, labels)).toBe(text));
