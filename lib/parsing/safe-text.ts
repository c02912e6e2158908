/**
 * Foreign text as every column and page can hold it: at most `max` UTF-16 units, no NUL (PostgreSQL refuses it, so one
 * such character would turn a delivery into an endless retry) and no half of a surrogate pair.
 */
export const storable = (text: string, max: number): string =>
  text
    .slice(0, max)
    .replaceAll("\u0000", "\ufffd")
    .replace(/\p{Surrogate}/gu, "\ufffd");
