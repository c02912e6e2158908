import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8");
const dark = css.indexOf("@media (prefers-color-scheme: dark)");
const themes = {
  light: colours(css.slice(0, dark)),
  dark: { ...colours(css.slice(0, dark)), ...colours(css.slice(dark, css.indexOf("@theme"))) },
};

function colours(block: string): Record<string, string> {
  return Object.fromEntries(
    [...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name = "", value = ""]) => [name, value]),
  );
}

/** WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string | undefined, other: string | undefined): number {
  if (!one || !other) throw new Error("a colour that globals.css does not have");
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const texts = [
  ...["ink", "muted", "primary", "primary-deep", "good", "warning", "danger", "neutral"].flatMap((ink) =>
    ["background", "card"].map((ground) => [ink, ground]),
  ),
  ...["primary", "good", "warning", "danger", "neutral"].map((tone) => [tone, `${tone}-soft`]),
  ...["ink", "muted"].flatMap((ink) =>
    ["primary-soft", "good-soft", "neutral-soft", "warning-soft", "danger-soft"].map((to) => [ink, to]),
  ),
  ["primary", "neutral-soft"],
  ["on-primary", "primary"],
  ["on-primary", "primary-deep"],
];
/** Parts that must be visible: borders of fields, the focus mark, the chosen method. */
const marks = [
  ["field", "background"],
  ["field", "card"],
  ["primary", "background"],
  ["primary", "card"],
  ["primary", "primary-soft"],
  ["danger", "card"],
];

describe.each(["light", "dark"] as const)("contrast in the %s theme", (theme) => {
  test.each(texts)("shows text in %s on %s with a contrast of at least 4.5 : 1", (ink, ground) => {
    expect(contrast(themes[theme][ink ?? ""], themes[theme][ground ?? ""])).toBeGreaterThanOrEqual(4.5);
  });

  test.each(marks)("shows %s on %s with a contrast of at least 3 : 1", (mark, ground) => {
    expect(contrast(themes[theme][mark ?? ""], themes[theme][ground ?? ""])).toBeGreaterThanOrEqual(3);
  });
});
