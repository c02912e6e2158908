import { expect, test } from "vitest";
import { createTranslator } from "next-intl";
import id from "@/messages/id.json";
import { formatDuration } from "./duration";

const t = createTranslator({ locale: "id", messages: id, namespace: "dashboard" });
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
])("formats %i milliseconds as %s", (milliseconds, text) =>
  expect(formatDuration(milliseconds, t)).toBe(text),
);
