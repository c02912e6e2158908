import { z } from "zod";

/**
 * The digits for the counter. Text, because leading zeros count. DOKU's tables say 20 digits in one place and 25 in
 * another (docs/doku-protocol.md#13-contradictions, row 11): we accept 25 and send at most 20.
 */
export const PaymentCode = z
  .string()
  .regex(/^\d{1,25}$/)
  .brand<"PaymentCode">();
export type PaymentCode = z.infer<typeof PaymentCode>;

/**
 * Who makes a code and who holds its bill (docs/doku-protocol.md#41-kinds-of-codes): DOKU both (`dgpc`); the merchant
 * makes it and DOKU holds it (`mgpc`); the merchant both, and DOKU asks by direct inquiry at each attempt to pay
 * (`dipc`).
 */
export const codeKinds = ["dgpc", "mgpc", "dipc"] as const;
export type CodeKind = (typeof codeKinds)[number];

/** Groups of four, the way people read digits aloud: `6059 0000 0000 0205`. */
export const inGroups = (code: string): string => code.replace(/(\d{4})(?=\d)/g, "$1 ");
