/** `yyyyMMddHHmmss` at UTC+7. Not the program's own function, whose mistakes would stay unseen. */
export const jakartaDigits = (date: Date): string =>
  new Date(date.getTime() + 7 * 3_600_000).toISOString().replace(/\D/g, "").slice(0, 14);
