import { OrderId } from "@/lib/payment/order-id";

/** What a search looks for. An order matches an alternative when its terms begin with each of the beginnings. */
export type Search = {
  alternatives: string[][];
  orderId: OrderId | undefined;
  requestId: string | undefined;
};

/** As in search_words of db/migrations/0017_search.sql. */
const maxTermLength = 64;
/** Each word costs a range of an index. */
const maxWords = 6;

/** Letters without their accents, in small Latin letters; equal to search_fold of db/migrations/0017_search.sql. */
export const fold = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** The words of folded text; equal to search_words of db/migrations/0017_search.sql. */
export const splitWords = (folded: string): string[] =>
  folded
    .split(/[^a-z0-9\u0080-\u1fff\u2070-\u2fff\u3040-\u{10ffff}]+/u)
    .flatMap((word) => (word === "" ? [] : [cut(word)]));

const cut = (word: string): string => [...word].slice(0, maxTermLength).join("");

/** Understands a search: the beginning of any term, words of a name, or a whole order id or Request-Id. */
export function parseSearch(query: string): Search {
  // Characters that the database cannot store are no part of any term.
  const text = query
    .slice(0, 100)
    .replace(/[\p{Cc}\p{Cs}]/gu, " ")
    .trim();
  const joined = text.replace(/\s+/g, "");
  const alternatives = [...toBeginnings(text, joined).map((beginning) => [beginning]), ...toNames(text)];
  return {
    alternatives: [...new Map(alternatives.map((each) => [each.join(" "), each])).values()],
    orderId: OrderId.safeParse(joined).data,
    requestId: /^[a-f0-9-]{36}$/i.test(joined) ? joined.toLowerCase() : undefined,
  };
}

/** Of an invoice number, a payment code or an e-mail, all without spaces, or of a phone number. */
const toBeginnings = (text: string, joined: string): string[] =>
  [cut(fold(joined)), ...toDigits(text), ...toPhone(text)].filter((beginning) => beginning.length >= 2);

/** People write codes with dashes, too. */
const toDigits = (text: string): string[] => (/^[\d\s-]+$/.test(text) ? [text.replace(/\D/g, "")] : []);

/** Phone numbers are stored as `62812...`; people write `0812-...`, `+62 812 ...` or `812...`. */
function toPhone(text: string): string[] {
  if (!/^\+?[\d\s().-]+$/.test(text)) return [];
  const national = text
    .replace(/\D/g, "")
    .replace(/^(?:00)?62/, "")
    .replace(/^0/, "");
  return national.length < 3 ? [] : [`62${national}`];
}

/** Each word must begin a word of the name. A word that begins another one asks for nothing more. */
function toNames(text: string): string[][] {
  if (!/\p{L}/u.test(text)) return [];
  const words = [...new Set(splitWords(fold(text)))];
  const telling = words.filter((word) => !words.some((other) => other !== word && other.startsWith(word)));
  const longest = telling.toSorted((one, other) => other.length - one.length).slice(0, maxWords);
  return longest.length === 0 ? [] : [longest];
}
