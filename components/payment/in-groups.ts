/** Groups of four digits. Like `inGroups` of lib/payment, but without loading zod in the browser. */
export const inGroups = (code: string): string[] => code.match(/\d{1,4}/g) ?? [];
