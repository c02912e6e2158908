import { parseJakartaDigits } from "./jakarta-time";

const spellings = [
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(?:[ T](?<hour>\d\d)[:.](?<minute>\d\d))?$/,
  /^(?<day>\d{1,2})[/-](?<month>\d{1,2})[/-](?<year>\d{4})(?:[ T](?<hour>\d{1,2})[:.](?<minute>\d\d))?$/,
];

/**
 * A moment in WIB as people write it into a table: `2026-12-31` or `31/12/2026`, with `17:30` or `17.30` behind it or
 * not. A day alone means its last minute. undefined for anything else, and for a day that does not exist.
 */
export function parseBillTime(text: string): Date | undefined {
  const found = spellings.map((spelling) => spelling.exec(text.trim())).find((match) => match !== null);
  const { year = "", month = "", day = "", hour = "23", minute = "59" } = found?.groups ?? {};
  const two = (part: string) => part.padStart(2, "0");
  return parseJakartaDigits(`${year}${two(month)}${two(day)}${two(hour)}${minute}00`);
}
