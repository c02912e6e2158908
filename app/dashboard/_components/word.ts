/** The word for a key that a table of ours may or may not know; what DOKU wrote can be anything. */
export const wordFor = (words: Readonly<Record<string, string>>, key: string): string =>
  Object.hasOwn(words, key) ? (words[key] ?? key) : key;
