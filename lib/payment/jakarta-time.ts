/** WIB is UTC+7 all year: Indonesia keeps no summer time. */
const offsetMs = 7 * 60 * 60 * 1000;

/**
 * `yyyyMMddHHmmss` at UTC+7, the form of DOKU's date fields without `_utc`
 * (docs/doku-protocol.md#42-create-a-code-dgpc).
 */
export function toJakartaDigits(date: Date): string {
  return new Date(date.getTime() + offsetMs).toISOString().slice(0, 19).replace(/[-T:]/g, "");
}

/** Parses `yyyyMMddHHmmss` at UTC+7; undefined for anything that is not a moment on the calendar. */
export function parseJakartaDigits(digits: string): Date | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(digits);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}+07:00`);
  return Number.isNaN(date.getTime()) || toJakartaDigits(date) !== digits ? undefined : date;
}

/** `yyMMdd` in WIB, the day as invoice numbers carry it. */
export const jakartaDay = (date: Date): string => toJakartaDigits(date).slice(2, 8);

/** `YYYY-MM-DD` in WIB. */
export const jakartaDate = (date: Date): string =>
  toJakartaDigits(date).replace(/^(\d{4})(\d\d)(\d\d).*$/, "$1-$2-$3");

/** Whether `YYYY-MM-DD` is a day on the calendar in WIB, and not in the future. */
export function isDateUntilToday(date: string, now: Date): boolean {
  const isShaped = /^\d{4}-\d\d-\d\d$/.test(date);
  const isOnCalendar = parseJakartaDigits(`${date.replaceAll("-", "")}000000`) !== undefined;
  return isShaped && isOnCalendar && date <= jakartaDate(now);
}
