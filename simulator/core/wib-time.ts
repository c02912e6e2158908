const WIB_AHEAD_MS = 7 * 60 * 60 * 1000;

/** `yyyyMMddHHmmss` at UTC+7, DOKU's form for date fields without `_utc` (protocol 4.2). */
export const wibCompact = (date: Date): string =>
  new Date(date.getTime() + WIB_AHEAD_MS).toISOString().slice(0, 19).replaceAll(/\D/g, "");

/** `2022-02-17T15:20:48Z`: UTC in whole seconds, the form of every header timestamp (protocol 1.1). */
export const utcSeconds = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;

/** `21 Nov 2026 17:30:05 WIB`, for people; the hour and its zone stay on one line. */
export function wibForPeople(date: Date): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Asia/Jakarta",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  return `${parts.format(date).replace(",", "")}\u00a0WIB`;
}

/** DOKU prints whole seconds, so what it keeps must be whole seconds too. */
export const toWholeSecond = (date: Date): Date => new Date(Math.floor(date.getTime() / 1000) * 1000);

export const addMs = (date: Date, ms: number): Date => new Date(date.getTime() + ms);
