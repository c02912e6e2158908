import { z } from "zod";

/**
 * Whole rupiah, above zero. Indodana's field takes 16 digits, more than a double holds exactly, so the ceiling is the
 * largest safe integer (docs/doku-protocol.md#61-request); each channel sets its own, lower limits.
 */
export const Rupiah = z.int().positive().brand<"Rupiah">();
export type Rupiah = z.infer<typeof Rupiah>;

/** Parses what a person typed: digits, with points or commas between thousands, with or without "Rp". */
export function parseRupiah(text: string): Rupiah | undefined {
  const digits = /^\s*(?:rp\.?\s*)?(\d{1,3}(?:([.,])\d{3})(?:\2\d{3})*|\d+)\s*$/i.exec(text)?.[1];
  return Rupiah.safeParse(Number(digits?.replaceAll(/[.,]/g, ""))).data;
}

/** The sum of prices times quantities. @throws ZodError when it is zero or no longer exact */
export function sumLines(lines: readonly { price: Rupiah; quantity: number }[]): Rupiah {
  return Rupiah.parse(lines.reduce((sum, line) => sum + line.price * line.quantity, 0));
}
