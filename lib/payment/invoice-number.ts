import { z } from "zod";

/**
 * The merchant's id for one payment request at DOKU. Only characters that need no escaping in a path
 * (docs/doku-protocol.md#22-which-path-and-digest).
 */
export const InvoiceNumber = z
  .string()
  .regex(/^[A-Z0-9-]{1,64}$/)
  .brand<"InvoiceNumber">();
export type InvoiceNumber = z.infer<typeof InvoiceNumber>;

/** Without I, L, O and U, which are easily misread or misheard. */
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * `KB-261121-7F3K9QXD`: the installation's prefix, the day in WIB, and 40 of the given random bits.
 * @param random at least 8 random bytes
 */
export function newInvoiceNumber(prefix: string, day: string, random: Uint8Array): InvoiceNumber {
  const unique = Array.from(random.slice(0, 8), (byte) => letters[byte % 32]).join("");
  return InvoiceNumber.parse(`${prefix}-${day}-${unique}`);
}
