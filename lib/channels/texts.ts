/** Letters that no decomposition turns into ASCII. */
const replacements: Record<string, string> = {
  ß: "ss",
  Æ: "AE",
  æ: "ae",
  Œ: "OE",
  œ: "oe",
  Ø: "O",
  ø: "o",
  Đ: "D",
  đ: "d",
  Ð: "D",
  ð: "d",
  Þ: "Th",
  þ: "th",
  Ł: "L",
  ł: "l",
  ı: "i",
  "‘": "'",
  "’": "'",
  "‚": "'",
  ʼ: "'",
  "“": '"',
  "”": '"',
  "„": '"',
  "‐": "-",
  "‑": "-",
  "–": "-",
  "—": "-",
  "−": "-",
  "·": "-",
  "•": "-",
  "×": "x",
  "€": "EUR",
};

/**
 * Text for a till's display and its receipt: printable ASCII, single blanks, at most `max` characters
 * (docs/doku-protocol.md#14-open-questions). Letters of other alphabets have no place there and are left out, so the
 * result may be empty.
 */
export function toTillText(text: string, max: number): string {
  return text
    .normalize("NFKD")
    .replace(/[^\x20-\x7e]/gu, (letter) => replacements[letter] ?? (/[\s\p{Cc}]/u.test(letter) ? " " : ""))
    .replace(/ +/g, " ")
    .trim()
    .slice(0, max)
    .trim();
}

/** What stands for a name of which no letter can be printed; DOKU demands one. */
const placeholderName = "Pelanggan";

/** A name of at most `max` characters, never empty. */
export const toTillName = (name: string, max: number): string => toTillText(name, max) || placeholderName;

/**
 * Indodana's fields hold 16 characters each, and many Indonesians have one name only
 * (docs/doku-protocol.md#61-request).
 */
const namePartLength = 16;

/** The first word and the rest, each cut to what Indodana takes. */
export function splitName(name: string): { firstName: string; lastName: string } {
  const [first = "", ...rest] = toTillText(name, 200).split(" ");
  return toNameParts(first, rest.join(" "));
}

/** A name given in two parts, each cut to what Indodana takes. */
export const toNameParts = (firstName: string, lastName: string): { firstName: string; lastName: string } => ({
  firstName: toTillName(firstName, namePartLength),
  lastName: toTillText(lastName, namePartLength),
});
