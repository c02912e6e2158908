import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deriveAccent, leastContrast, themes, toAccentStyles } from "./accent";
import type { Theme } from "./accent";
import { getContrast, parseColour } from "./colour";
import type { Colour } from "./colour";

const css = readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8");
const darkAt = css.indexOf("@media (prefers-color-scheme: dark)");
const blocks = { light: css.slice(0, darkAt), dark: css.slice(darkAt, css.indexOf("@theme")) };

const colour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value): Colour => `#${value.toString(16).padStart(6, "0")}`);
const extremes: Colour[] = ["#000000", "#ffffff", "#808080", "#ffff00", "#0000ff", "#ff0000", "#00ff00"];

describe.each(["light", "dark"] as const)("in the %s theme", (theme: Theme) => {
  const { grounds, inks, line, primary: own } = themes[theme];

  test("every colour is that of the style sheet", () => {
    for (const [name, value] of Object.entries({ ...grounds, ...inks, line, ...own }))
      expect(blocks[theme]).toContain(`--${name}: ${value};`);
  });

  test("every accent can be read on every ground, and every text on it", () => {
    const check = (accent: Colour) => {
      const colours = deriveAccent(accent, theme);
      const on = [...Object.values(grounds), colours["primary-soft"], colours["on-primary"]];
      for (const other of on)
        expect(getContrast(colours.primary, other), `${accent} on ${other}`).toBeGreaterThanOrEqual(
          leastContrast,
        );
      for (const other of [grounds.background, grounds.card, colours["on-primary"]])
        expect(getContrast(colours["primary-deep"], other)).toBeGreaterThanOrEqual(leastContrast);
      for (const ink of Object.values(inks))
        expect(getContrast(ink, colours["primary-soft"])).toBeGreaterThanOrEqual(leastContrast);
    };
    extremes.forEach(check);
    fc.assert(fc.property(colour, check), { numRuns: 500 });
  });
});

test("an accent that can be read is used as it is", () => {
  expect(deriveAccent("#0c6b52", "light").primary).toBe("#0c6b52");
  expect(deriveAccent("#4cc79f", "dark").primary).toBe("#4cc79f");
});

test("an accent that cannot be read becomes darker in light and lighter in dark, and keeps its hue", () => {
  const { primary } = deriveAccent("#ffcc00", "light");
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    Number.parseInt(primary.slice(at, at + 2), 16),
  );
  expect(primary).not.toBe("#ffcc00");
  expect([blue, Math.round((green / red) * 10)]).toEqual([0, 8]);
  expect(deriveAccent("#ffcc00", "dark").primary).toBe("#ffcc00");
  expect(deriveAccent("#00008b", "dark").primary).not.toBe("#00008b");
});

test("a colour is read as people write it, and nothing else is", () => {
  expect([" #B3261E ", "b3261e"].map(parseColour)).toEqual(["#b3261e", "#b3261e"]);
  const wrong = ["", "#fff", "red", "#b3261g", "#b3261e80", "#000;}body{", "#b3261e\n}"];
  expect(wrong.map(parseColour)).toEqual(wrong.map(() => undefined));
});

test("the style sheet of an accent holds colours for screens alone", () => {
  const styles = toAccentStyles("#b3261e");
  expect(styles).toContain("--primary:#b3261e");
  expect(styles).toMatch(/^[\w\s@{}():;#-]+$/);
  expect(styles.match(/@media screen/g)).toHaveLength(2);
});
