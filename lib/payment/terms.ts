import { z } from "zod";
import { Share } from "./settlement";
import { footerLines, footerWidth, infoLength } from "./till-space";

/** What a till can show and print: printable ASCII only (docs/doku-protocol.md#14-open-questions). */
const tillText = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^[\x20-\x7e]*$/);

/** The policy that a bill is for; no limits are documented (docs/doku-protocol.md#46-insurance). */
export const Insurance = z.object({
  policyType: tillText(64).min(1),
  policyNumber: tillText(64).min(1),
  policyAccountName: tillText(64).min(1),
  policyStatus: tillText(64).min(1),
  billDueDate: tillText(64).min(1),
});
export type Insurance = z.infer<typeof Insurance>;

/** What a merchant may ask for besides an amount. A term that is left out is not sent, or has a default text. */
export const Terms = z.object({
  /** Shown on the till at the inquiry; the merchant's name when left out. */
  info: tillText(infoLength).min(1).optional(),
  /** Lines at the foot of the receipt. */
  footer: z.array(tillText(footerWidth)).max(footerLines).optional(),
  /** What was bought, for the receipt; only Indomaret prints it. */
  description: tillText(footerWidth).min(1).optional(),
  insurance: Insurance.optional(),
  /** How DOKU splits the money between the merchant's bank accounts. */
  settlement: z.array(Share).max(20).optional(),
});
export type Terms = z.infer<typeof Terms>;

/** Joins the lines into one text, each but the last padded to the paper's width: DOKU accepts no line break. */
export function footerOnWire(lines: readonly string[]): string {
  const used = lines.slice(0, lines.findLastIndex((line) => line !== "") + 1);
  return used.map((line, at) => (at === used.length - 1 ? line : line.padEnd(footerWidth))).join("");
}
