/**
 * A name as those see it who have the link of an order and no more: the first letter of each word, at most four of them.
 * How long the words are is not shown.
 */
export const maskName = (name: string): string =>
  name
    .split(/\s+/)
    .filter((word) => word !== "")
    .slice(0, 4)
    .map((word) => `${[...new Intl.Segmenter("id").segment(word)][0]?.segment ?? ""}•••`)
    .join(" ");
