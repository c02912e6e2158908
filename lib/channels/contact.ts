import { z } from "zod";

/**
 * An Indonesian phone number as `62` and the rest, 9 to 16 digits; undefined when it cannot be one. Accepts what people
 * write: `0812-3456-7890`, `+62 812 3456 7890`, `62812...`, `812...`.
 */
export function toIndonesianPhone(text: string): string | undefined {
  if (text.length > 40 || !/^\s*\+?[\d\s().-]+$/.test(text)) return undefined;
  const digits = text.replace(/\D/g, "");
  const national = nationalDigits(digits, text.trim().startsWith("+"));
  return national !== undefined && /^[1-9]\d{6,13}$/.test(national) ? `62${national}` : undefined;
}

function nationalDigits(digits: string, isInternational: boolean): string | undefined {
  // "+62 (0)812": the zero is only dialled within Indonesia.
  const afterCountry = /^(?:00)?62(?:0?)(\d*)$/.exec(digits)?.[1];
  if (afterCountry !== undefined) return afterCountry;
  if (isInternational || digits.startsWith("00")) return undefined;
  if (digits.startsWith("0")) return digits.slice(1);
  // Mobile numbers begin with 8; an area code without its zero could be anything.
  return digits.startsWith("8") ? digits : undefined;
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
