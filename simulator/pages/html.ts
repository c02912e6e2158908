/** Markup that is already safe. Everything else put into `html` is escaped. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = Html | string | number | null | undefined | false | readonly Part[];

const entities = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => entities.get(character) ?? "");

function write(part: Part): string {
  if (part === null || part === undefined || part === false) return "";
  if (part instanceof Html) return part.text;
  if (typeof part === "object") return part.map(write).join("");
  return escapeHtml(String(part));
}

export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(strings.map((text, index) => text + write(parts[index])).join(""));
}

export const rupiah = (amount: number): string => `Rp${amount.toLocaleString("id-ID")}`;

/** Goes to the next line as a whole; only one that is longer than a line breaks. */
export const whole = (text: string): Html => html`<span class="whole">${text}</span>`;

/** A path that breaks before a slash and not at the hyphens of an invoice number. */
export const inSegments = (path: string): Html => html`${path.split(/(?=[/?&])/).map(whole)}`;

/** `6059 7968 5881 4350`, as people read codes aloud. */
export const inFours = (code: string): string => code.replaceAll(/(\d{4})(?=\d)/g, "$1 ");
