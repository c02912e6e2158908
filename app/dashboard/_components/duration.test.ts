import { expect, test } from "vitest";
import { createTranslator } from "next-intl";
import en from "@/messages/en.json";
import id from "@/messages/id.json";
import { formatDuration } from "./duration";

const indonesian = createTranslator({ locale: "id", messages: id, namespace: "dashboard" });
const english = createTranslator({ locale: "en", messages: en, namespace: "dashboard" });
const second = 1000;

test.each([
  [0, "0 dtk", "0 s"],
  [999, "0 dtk", "0 s"],
  [59_999, "59 dtk", "59 s"],
  [60 * second, "1 mnt", "1 min"],
  [119 * second, "1 mnt", "1 min"],
  [-47 * 60 * second, "47 mnt", "47 min"],
  [3600 * second, "1 jam", "1 h"],
  [7199 * second, "1 jam 59 mnt", "1 h 59 min"],
  [7200 * second, "2 jam", "2 h"],
  [86_399 * second, "23 jam 59 mnt", "23 h 59 min"],
  [47 * 3600 * second, "1 hari 23 jam", "1 d 23 h"],
  [48 * 3600 * second + 59 * second, "2 hari", "2 d"],
])("formats %i milliseconds as %s and %s", (milliseconds, inIndonesian, inEnglish) => {
  expect(formatDuration(milliseconds, indonesian)).toBe(inIndonesian);
  expect(formatDuration(milliseconds, english)).toBe(inEnglish);
});
