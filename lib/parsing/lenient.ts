import { z } from "zod";
import { toStorableText } from "./safe-text";

/** A field that becomes undefined when it is missing or misshapen, so that the rest of the message is still parsed. */
export const lenient = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

const maxIdentifiers = 50;
const maxText = 256;

export const StorableText = z.string().transform((text) => toStorableText(text, maxText));
export const NonEmptyText = z.string().min(1).pipe(StorableText);
/**
 * DOKU's tables type codes as numbers and its samples as strings (docs/doku-protocol.md#13-contradictions, row 12).
 * Only a safe integer keeps all digits; others are refused.
 */
export const TextOrInteger = z.union([NonEmptyText, z.int().nonnegative().transform(String)]);

const Identifier = z.object({
  name: StorableText,
  value: z.union([StorableText, z.int().transform(String)]),
});
/** The acquirer's identifiers, at most 50; entries of another shape are left out. */
export const Identifiers = lenient(
  z.array(z.unknown()).transform((entries) =>
    entries.slice(0, maxIdentifiers).flatMap((entry) => {
      const identifier = Identifier.safeParse(entry);
      return identifier.success ? [identifier.data] : [];
    }),
  ),
);
