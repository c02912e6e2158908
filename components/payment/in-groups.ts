/** Groups of four, the way people read digits aloud. lib/payment joins them with blanks; a browser needs no schema. */
export const inGroups = (code: string): string[] => code.match(/\d{1,4}/g) ?? [];
