import { z } from "zod";

/** Takes room in a text and leaves no mark on a screen: zero-width blanks, direction marks, fillers, control characters. */
const invisible = String.raw`\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800`;
const anyVisible = new RegExp(String.raw`[^\p{Z}${invisible}]`, "u");
const everyInvisible = new RegExp(`[${invisible}]`, "gu");

/** Whether a person can see anything of a text. A name of two zero-width blanks is no name. */
export const hasVisibleText = (text: string): boolean => anyVisible.test(text);

/** Writes invisible characters as `<U+200B>`, so that a person can see what is wrong with a text. */
export const spellInvisible = (text: string): string =>
  text.replace(
    everyInvisible,
    (character) => `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`,
  );

/** A text that a person must fill in, of at most `most` characters. */
export const visibleText = (most: number) => z.string().trim().max(most).refine(hasVisibleText);
