import { getContrast, mixColours } from "./colour";
import type { Colour } from "./colour";

/** What `app/globals.css` says of both themes; accent.test.ts compares them. */
export const themes = {
  light: {
    grounds: { background: "#faf6ef", card: "#fffdf9", "neutral-soft": "#efe7d9" },
    inks: { ink: "#1d1a14", muted: "#665f51" },
    line: "#e6ddcd",
    primary: {
      primary: "#0c6b52",
      "primary-deep": "#095641",
      "primary-soft": "#e1f0e8",
      "on-primary": "#fffdf9",
    },
    onPrimary: "#fffdf9",
    /** What the accent is mixed with until it can be read. */
    extreme: "#000000",
    softShare: 0.12,
  },
  dark: {
    grounds: { background: "#14130f", card: "#1e1c17", "neutral-soft": "#2e2a22" },
    inks: { ink: "#f4efe4", muted: "#b0a794" },
    line: "#38342b",
    primary: {
      primary: "#4cc79f",
      "primary-deep": "#6dd6b3",
      "primary-soft": "#17332a",
      "on-primary": "#0b1f18",
    },
    onPrimary: "#14130f",
    extreme: "#ffffff",
    softShare: 0.16,
  },
} as const;
export type Theme = keyof typeof themes;

/** WCAG 2.2 AA for text. */
export const leastContrast = 4.5;
const steps = Array.from({ length: 101 }, (_, step) => step / 100);

/** The tokens of `app/globals.css` that an accent replaces. */
export type AccentColours = Record<"primary" | "primary-deep" | "primary-soft" | "on-primary", Colour>;

/**
 * The colours of a theme for a merchant's accent: the accent itself where it can be read as text on every ground, and as a
 * ground for the text of a button; else the nearest darker or lighter one that can.
 */
export function deriveAccent(accent: Colour, theme: Theme): AccentColours {
  const { grounds, inks, onPrimary, extreme, softShare } = themes[theme];
  const soft = findFirst(
    steps.map((step) => mixColours(grounds.card, accent, softShare * (1 - step))),
    (colour) => isReadable(colour, Object.values(inks)),
  );
  const towards = (from: Colour) => steps.map((step) => mixColours(from, extreme, step));
  const primary = findFirst(towards(accent), (colour) =>
    isReadable(colour, [...Object.values(grounds), soft, onPrimary]),
  );
  return {
    primary,
    "primary-deep": mixColours(primary, extreme, 0.2),
    "primary-soft": soft,
    "on-primary": onPrimary,
  };
}

const isReadable = (colour: Colour, others: readonly Colour[]): boolean =>
  others.every((other) => getContrast(colour, other) >= leastContrast);

/** The last one, which is the ground alone or the extreme, always can be read. */
const findFirst = (colours: readonly Colour[], isGood: (colour: Colour) => boolean): Colour =>
  colours.find(isGood) ?? colours.at(-1) ?? "#000000";

const toDeclarations = (colours: Record<string, Colour>): string =>
  Object.entries(colours)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(";");

/**
 * The style sheet of a page with this accent. It says more than `:root` does, so that it may stand anywhere in the page; and
 * nothing about paper, which stays black on white.
 */
export function toAccentStyles(accent: Colour): string {
  const [light, dark] = [deriveAccent(accent, "light"), deriveAccent(accent, "dark")].map(toDeclarations);
  return `@media screen{html:root{${light}}}@media screen and (prefers-color-scheme:dark){html:root{${dark}}}`;
}

/** The tokens of a part of a page that shows one theme, whatever the page's own is. */
export function toPreviewTokens(accent: Colour | undefined, theme: Theme): Record<string, Colour> {
  const { grounds, inks, line, primary } = themes[theme];
  return { ...grounds, ...inks, line, ...(accent ? deriveAccent(accent, theme) : primary) };
}

/** The same as a style sheet, for `.preview-light` and `.preview-dark`. */
export const toPreviewStyles = (accent: Colour | undefined): string =>
  (["light", "dark"] as const)
    .map((theme) => `.preview-${theme}{${toDeclarations(toPreviewTokens(accent, theme))}}`)
    .join("");
