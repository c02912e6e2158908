import { parsePhoneNumberFromString } from "libphonenumber-js";
import { z } from "zod";

/**
 * An Indonesian number as `62` and the rest, digits only, 9 to 16 of them; undefined when it cannot be one. Takes what
 * people write and paste: `0812-3456-7890`, `+62 (0)812 3456 7890`, `62812...`, `812...`, other dashes, full-width digits
 * and the invisible marks that a contact card puts around a number.
 */
export function toIndonesianPhone(text: string): string | undefined {
  if (text.length > 60) return undefined;
  const plain = text
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .trim();
  // Mobile numbers begin with 8; an area code without its zero could be anything.
  if (!/^\(?(\+|0|62|8)/.test(plain)) return undefined;
  const international = plain.replace(/^(00|(?=62))/, "+");
  const number = parsePhoneNumberFromString(international, { defaultCountry: "ID", extract: false });
  if (number?.countryCallingCode !== "62" || !number.isPossible()) return undefined;
  return /^[1-9]\d{6,13}$/.test(number.nationalNumber) ? `62${number.nationalNumber}` : undefined;
}

/** Parses a form's field to DOKU's spelling, `6281122334455` (docs/doku-protocol.md#13-contradictions, row 15). */
export const IndonesianPhone = z.string().transform((text, context) => {
  const phone = toIndonesianPhone(text);
  if (phone !== undefined) return phone;
  context.issues.push({ code: "custom", message: "not_an_indonesian_phone", input: text });
  return z.NEVER;
});

/** At most 128 characters; never cut, because a cut address is another address (docs/doku-protocol.md#61-request). */
export const ContactEmail = z.email().max(128);
