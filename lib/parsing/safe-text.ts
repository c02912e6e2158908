import { spellInvisible } from "../payment/visible-text";

/**
 * Makes text from outside safe to store: at most `max` UTF-16 units, no NUL (PostgreSQL refuses it, so DOKU would retry
 * such a delivery for ever) and no half of a surrogate pair.
 */
export const toStorableText = (text: string, max: number): string =>
  text
    .slice(0, max)
    .replaceAll("\u0000", "\ufffd")
    .replace(/\p{Surrogate}/gu, "\ufffd");

/** A value as it is quoted back to the person who sent it: at most `max` characters, with nothing invisible in it. */
export const toShownText = (text: string, max: number): string => {
  const shown = spellInvisible(text.slice(0, max + 1));
  return shown.length > max ? `${toStorableText(shown, max)}…` : shown;
};
