/** `yyyyMMddHHmmss` at UTC+7, written here once more: the program's own code is no witness for itself. */
export const jakartaDigits = (date: Date): string =>
  new Date(date.getTime() + 7 * 3_600_000).toISOString().replace(/\D/g, "").slice(0, 14);
