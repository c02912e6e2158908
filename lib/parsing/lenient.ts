import { z } from "zod";
import { storable } from "./safe-text";

/** A field that may be missing or of another shape than DOKU's tables say, without costing us the rest. */
export const lenient = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

const maxIdentifiers = 50;
const maxText = 256;

export const Text = z.string().transform((text) => storable(text, maxText));
export const Word = z.string().min(1).pipe(Text);
/** DOKU's tables type codes as numbers and its samples as strings (protocol part 13, row 12). */
export const Digits = z.union([Word, z.int().nonnegative().transform(String)]);

const Identifier = z.object({ name: Text, value: z.union([Text, z.int().transform(String)]) });
/** The acquirer's own ids, as many as can be read. */
export const Identifiers = lenient(
  z.array(z.unknown()).transform((entries) =>
    entries.slice(0, maxIdentifiers).flatMap((entry) => {
      const identifier = Identifier.safeParse(entry);
      return identifier.success ? [identifier.data] : [];
    }),
  ),
);
