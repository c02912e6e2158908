import type { Colour } from "./colour";

/** How shoppers reach the merchant. */
export type Contact = {
  /** `62` and the rest, digits only. */
  whatsapp: string | undefined;
  phone: string | undefined;
  email: string | undefined;
  /** The address of a page, with https. */
  website: string | undefined;
};

export type Logo = {
  /** Of its bytes, so that what was once loaded from its address stays right. */
  hash: string;
  widthPx: number;
  heightPx: number;
};

/** How the merchant looks to shoppers: what staff set in the dashboard, and the settings where they set nothing. */
export type Appearance = {
  name: string;
  /** undefined for the colours of app/globals.css. */
  accent: Colour | undefined;
  contact: Contact;
  /** What the merchant says to shoppers who need help; plain text, by language. */
  help: { id: string | undefined; en: string | undefined };
  logo: Logo | undefined;
};

/** Characters. */
export const appearanceLimits = { name: 40, phone: 30, email: 254, website: 200, help: 300 } as const;

/** Pixels; three times as large as on a page, for sharp screens and paper. */
export const logoLimits = { widthPx: 600, heightPx: 240 } as const;

export const hashPattern = "^[0-9a-f]{32}$";

/** The path of a logo, for pages; an e-mail brings its own copy. */
export const toLogoPath = ({ hash }: Pick<Logo, "hash">): string => `/logo/${hash}`;

/** In the reader's language where the merchant wrote it, else in the other. */
export const pickHelp = ({ help }: Pick<Appearance, "help">, locale: "id" | "en"): string | undefined =>
  help[locale] ?? help.id ?? help.en;

export const hasContact = ({ contact }: Pick<Appearance, "contact">): boolean =>
  Object.values(contact).some((way) => way !== undefined);
