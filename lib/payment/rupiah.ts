import { z } from "zod";

/**
 * Whole rupiah, above zero. Indodana's field takes 16 digits, more than a double holds exactly, so the ceiling is the
 * largest safe integer (docs/doku-protocol.md#61-request); each channel sets its own, lower limits.
 */
export const Rupiah = z.int().positive().brand<"Rupiah">();
export type Rupiah = z.infer<typeof Rupiah>;

/** Three digits behind a point or a comma are thousands: a rupiah has no thousandths. */
const grouped = String.raw`\d{1,3}(?:\.\d{3})+(?:,(?:00?|--?))?|\d{1,3}(?:,\d{3})+(?:\.(?:00?|--?))?`;
/** `150.00` could be 150 or a cut 150.000, so an amount below a thousand has no digits behind it. */
const ungrouped = String.raw`\d{4,}[.,]00?|\d+(?:[.,]--?)?`;
const spelling = new RegExp(String.raw`^\s*(?:(?:rp\.?|idr)\s*)?(${grouped}|${ungrouped})\s*$`, "i");

/**
 * Parses what a person typed or a spreadsheet wrote, with or without "Rp": `150000`, `150.000` and `150,000` are all
 * 150 thousand, and so are `150.000,00`, `150,000.00`, `150000.00` and `150.000,-`. undefined for anything that is not
 * whole rupiah.
 */
export function parseRupiah(text: string): Rupiah | undefined {
  const whole = spelling.exec(text)?.[1]?.replace(/[.,](?:00?|--?)$/, "");
  return Rupiah.safeParse(Number(whole?.replaceAll(/[.,]/g, ""))).data;
}

/** The sum of prices times quantities. @throws ZodError when it is zero or no longer exact */
export function sumLines(lines: readonly { price: Rupiah; quantity: number }[]): Rupiah {
  return Rupiah.parse(lines.reduce((sum, line) => sum + line.price * line.quantity, 0));
}
