import { z } from "zod";

/**
 * The digits for the counter. Text, because leading zeros count. DOKU's tables say 20 digits in one place and 25 in
 * another (docs/doku-protocol.md#13-contradictions, row 11): 25 are accepted and at most 20 are sent.
 */
export const PaymentCode = z
  .string()
  .regex(/^\d{1,25}$/)
  .brand<"PaymentCode">();
export type PaymentCode = z.infer<typeof PaymentCode>;

/**
 * Who makes a code and who holds its bill (docs/doku-protocol.md#41-kinds-of-codes). `dgpc`: DOKU does both. `mgpc`:
 * the merchant makes it and DOKU holds it. `dipc`: the merchant does both, and DOKU asks by direct inquiry at each
 * attempt to pay.
 */
export const codeKinds = ["dgpc", "mgpc", "dipc"] as const;
export type CodeKind = (typeof codeKinds)[number];

/** Groups of four, the way people read digits aloud: `6059 0000 0000 0205`. */
export const inGroups = (code: string): string => code.replace(/(\d{4})(?=\d)/g, "$1 ");
