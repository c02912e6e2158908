import { expect, test } from "vitest";
import { toShownText } from "./safe-text";

test.each([
  ["Sari", "Sari"],
  ["Sari Dewi", "Sari …"],
  ["\u200b", "<U+20…"],
  ["abcd👍", "abcd\ufffd…"],
])("shows %j as %j when five characters fit", (text, shown) => {
  expect(toShownText(text, 5)).toBe(shown);
});
