import { parseJakartaDigits } from "./jakarta-time";

const clock = String.raw`(?:[ T](?<hour>\d{1,2})[:.](?<minute>\d\d)(?:[:.](?<second>\d\d)(?:\.0+)?)?)?`;
const spellings = [
  new RegExp(String.raw`^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)${clock}$`),
  new RegExp(String.raw`^(?<day>\d{1,2})[/-](?<month>\d{1,2})[/-](?<year>\d{4})${clock}$`),
];

/**
 * A moment in WIB as people and spreadsheets write it into a table: `2026-12-31`, `31/12/2026` or `31-12-2026`, always
 * the day before the month, with `17:30`, `17.30` or `17:30:00` behind it or not. A day alone means its last minute.
 * undefined for anything else, and for a day that does not exist.
 */
export function parseBillTime(text: string): Date | undefined {
  const found = spellings.map((spelling) => spelling.exec(text.trim())).find((match) => match !== null);
  const { year = "", month = "", day = "", hour = "23", minute = "59", second = "00" } = found?.groups ?? {};
  const two = (part: string) => part.padStart(2, "0");
  return parseJakartaDigits(`${year}${two(month)}${two(day)}${two(hour)}${minute}${second}`);
}
