/** ASCII for characters that Unicode decomposition does not turn into ASCII. */
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
 * Text for a till's display and receipt: printable ASCII, single blanks, at most `max` characters
 * (docs/doku-protocol.md#14-open-questions). Letters of other alphabets are left out, so the result may be empty.
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

/** Used when no letter of a name can be printed: DOKU requires a name. */
const placeholderName = "Pelanggan";

/** A name of at most `max` characters, never empty. */
export const toTillName = (name: string, max: number): string => toTillText(name, max) || placeholderName;

/**
 * Indodana's fields hold 16 characters each, and many Indonesians have one name only
 * (docs/doku-protocol.md#61-request).
 */
const namePartLength = 16;

/** Splits a name into its first word and the rest, each cut to the length of Indodana's fields. */
export function splitName(name: string): { firstName: string; lastName: string } {
  const [first = "", ...rest] = toTillText(name, 200).split(" ");
  return toNameParts(first, rest.join(" "));
}

/** Cuts both parts of a name to the length of Indodana's fields. */
export const toNameParts = (
  firstName: string,
  lastName: string,
): { firstName: string; lastName: string } => ({
  firstName: toTillName(firstName, namePartLength),
  lastName: toTillText(lastName, namePartLength),
});
