import { expect, test } from "vitest";
import { hasVisibleText, spellInvisible, visibleText } from "./visible-text";

test.each(["Sari", "é", "-", "👩‍🌾", "\u200bSari", "李"])("sees something in %j", (text) => {
  expect(hasVisibleText(text)).toBe(true);
});

test.each([
  ["nothing", ""],
  ["blanks", " \u00a0\t\u3000"],
  ["zero-width blanks", "\u200b\u200b"],
  ["direction marks", "\u200e\u2066\u2069"],
  ["joiners and a soft hyphen", "\u200d\u00ad\u2060"],
  ["fillers", "\u3164\u2800\u115f"],
  ["control characters", "\u0000\u0007"],
])("sees nothing in %s", (_, text) => {
  expect(hasVisibleText(text)).toBe(false);
});

test("writes invisible characters by their number", () => {
  expect(spellInvisible("a\u200b\u0000 b")).toBe("a<U+200B><U+0000> b");
});

test("a text that must be filled in is trimmed, visible and not too long", () => {
  expect(visibleText(5).parse(" Sari ")).toBe("Sari");
  expect(visibleText(5).safeParse("Sari D").error?.issues).toMatchObject([{ code: "too_big" }]);
  expect(visibleText(5).safeParse("\u200b\u200b").success).toBe(false);
});
