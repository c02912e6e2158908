import { html } from "hono/html";

export { html };
/** Markup that is already safe. Everything else put into `html` is escaped. */
export type Html = ReturnType<typeof html>;

export const rupiah = (amount: number): string => `Rp${amount.toLocaleString("id-ID")}`;

/** Goes to the next line as a whole; only a text longer than a line breaks. */
export const noWrap = (text: string): Html => html`<span class="whole">${text}</span>`;

/** A path that breaks before a slash and not at the hyphens of an invoice number. */
export const breakAtSlashes = (path: string): Html => html`${path.split(/(?=[/?&])/).map(noWrap)}`;

/** `6059 7968 5881 4350`, as people read codes aloud. */
export const groupDigits = (code: string): string => code.replaceAll(/(\d{4})(?=\d)/g, "$1 ");
