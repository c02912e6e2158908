import type { Translator } from "@/components/translator";

/** The parts of the catalogue that hold a sentence for each value that is stored in the database. */
type Part = "events" | "verdicts" | "reasons" | "inquiries.answers" | "inquiries.reasons";

/** The sentence for a stored value; the value itself when another release wrote it and it has no sentence. */
export function translateStored(
  t: Translator<"dashboard">,
  part: Part,
  value: string,
  values?: Record<string, string>,
): string {
  // A value such as "constructor" is found on every object.
  if (value in {}) return value;
  const key = `${part}.${value}` as Parameters<typeof t>[0];
  return t.has(key) ? t(key, values) : value;
}
