/** The two languages of the product; Indonesian is the default. */
export const locales = ["id", "en"] as const;
export type Locale = (typeof locales)[number];
