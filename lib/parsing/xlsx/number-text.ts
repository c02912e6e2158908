/** Excel's own formats for dates and times, by number. */
const dateFormats = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47]);
/** Further ones in other languages. */
const isOtherDateFormat = (id: number): boolean => (id >= 27 && id <= 36) || (id >= 50 && id <= 58);

/** Whether a number with this format is shown as a date. @param code the format's own text, for one that is not built in */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return dateFormats.has(id) || isOtherDateFormat(id);
  // Quoted text, escaped letters, and what stands in brackets: a colour, a condition, a language.
  const plain = code.replaceAll(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, "");
  return /[dyh]/i.test(plain) || /m.*s|s.*m/i.test(plain) || /^m+$/i.test(plain);
}

/** A cell keeps fifteen digits: longer numbers, such as codes, have lost their end. */
const maxDigits = 15;

export type NumberText =
  { outcome: "text"; text: string } | { outcome: "too_long" } | { outcome: "unreadable" };

/**
 * A number as a person would type it, without thousands and without an exponent. A part of three digits behind the point gets
 * a fourth one: "150.125" would be read as thousands.
 * @param raw as it stands in the file
 */
export function toNumberText(raw: string): NumberText {
  const trimmed = raw.trim();
  const value = Number(trimmed);
  if (trimmed === "" || !Number.isFinite(value)) return { outcome: "unreadable" };
  const text = String(value);
  const digits = text.replace(/^-?0*\.?0*/, "").replaceAll(/\D/g, "");
  if (text.includes("e") || (Number.isInteger(value) && digits.length > maxDigits))
    return { outcome: "too_long" };
  return { outcome: "text", text: /\.\d{3}$/.test(text) ? `${text}0` : text };
}

const dayMs = 24 * 60 * 60 * 1000;
/** Day 1 is 1 January 1900, and day 60 a 29 February that there was not, so days count from 30 December 1899 on. */
const epoch1900 = Date.UTC(1899, 11, 30);
const epoch1904 = Date.UTC(1904, 0, 1);
/** 31 December 9999. */
const lastDay = 2_958_465;

/**
 * The day, and the time where there is one, that a cell shows: `2026-12-31` or `2026-12-31 17:00:00`. undefined for a
 * number that is no date.
 */
export function toDateText(raw: string, is1904: boolean): string | undefined {
  const days = Number(raw.trim());
  if (raw.trim() === "" || !(days >= 1 && days <= lastDay + 1)) return undefined;
  const start = is1904 ? epoch1904 : epoch1900;
  // A time is a fraction of a day, and never exact.
  const seconds = Math.round((days * dayMs) / 1000);
  const [date = "", time = ""] = new Date(start + seconds * 1000).toISOString().slice(0, 19).split("T");
  return time === "00:00:00" ? date : `${date} ${time}`;
}
