/**
 * Makes text from outside safe to store: at most `max` UTF-16 units, no NUL (PostgreSQL refuses it, so DOKU would retry
 * such a delivery for ever) and no half of a surrogate pair.
 */
export const toStorableText = (text: string, max: number): string =>
  text
    .slice(0, max)
    .replaceAll("\u0000", "\ufffd")
    .replace(/\p{Surrogate}/gu, "\ufffd");
