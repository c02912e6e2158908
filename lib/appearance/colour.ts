/** `#rrggbb` in small letters. */
export type Colour = `#${string}`;

export const colourPattern = "^#[0-9a-f]{6}$";

/** @param text as a person types or pastes it: with or without `#`, in letters of either size; undefined for anything else */
export function parseColour(text: string): Colour | undefined {
  const digits = text.trim().replace(/^#/, "").toLowerCase();
  return /^[0-9a-f]{6}$/.test(digits) ? `#${digits}` : undefined;
}

/** Red, green and blue from 0 to 255. */
const toChannels = (colour: Colour): number[] =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

/** WCAG 2.2, relative luminance, from 0 to 1. */
export function getLuminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = toChannels(colour).map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2, contrast ratio, from 1 to 21. */
export function getContrast(one: Colour, other: Colour): number {
  const [high = 0, low = 0] = [getLuminance(one), getLuminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

/** @param share of `other`, from 0 to 1 */
export function mixColours(one: Colour, other: Colour, share: number): Colour {
  const others = toChannels(other);
  const mixed = toChannels(one).map((channel, at) =>
    Math.round(channel + ((others[at] ?? 0) - channel) * share),
  );
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}
