import { z } from "zod";
import { toStorableText } from "../parsing/safe-text";
import type { HowToPay } from "../payment/how-to-pay";

const maxInstructions = 20;
const maxSteps = 20;
const maxStep = 300;
/** Of all instructions together: they are part of every answer to an open payment page. */
const maxCharacters = 10_000;
/** Longest HTML of one step that is looked at, in characters. */
const maxRawStep = 2000;

const Body = z.object({ payment_instruction: z.array(z.unknown()) });
const Instruction = z.object({
  channel: z.string().optional().catch(undefined),
  language: z.string().optional().catch(undefined),
  step: z.array(z.unknown()),
});

/**
 * Parses `payment_instruction[]` of a how-to-pay answer (docs/doku-protocol.md#7-how-to-pay). Entries of another shape
 * are left out; at most 20 instructions of 20 steps of 300 characters, and 10,000 characters in all.
 */
export function parseInstructions(body: unknown): HowToPay[] {
  const parsed = Body.safeParse(body);
  if (!parsed.success) return [];
  const instructions = parsed.data.payment_instruction.slice(0, maxInstructions).flatMap((entry) => {
    const instruction = Instruction.safeParse(entry);
    return instruction.success ? parseInstruction(instruction.data) : [];
  });
  return takeWhileShort(instructions);
}

/** Whole instructions only: the last steps matter as much as the first. */
function takeWhileShort(instructions: readonly HowToPay[]): HowToPay[] {
  let characters = 0;
  const tooLong = instructions.findIndex(({ channel, steps }) => {
    characters += channel.length + steps.join("").length;
    return characters > maxCharacters;
  });
  return instructions.slice(0, tooLong === -1 ? undefined : tooLong);
}

function parseInstruction({ channel, language, step }: z.infer<typeof Instruction>): HowToPay[] {
  const parsedLanguage = parseLanguage(language);
  const texts = step.slice(0, maxSteps).filter((entry) => typeof entry === "string");
  const steps = texts.map((entry) => toPlainText(entry, maxStep)).filter((entry) => entry !== "");
  if (parsedLanguage === undefined || steps.length === 0) return [];
  return [{ language: parsedLanguage, channel: toPlainText(channel ?? "", 60), steps }];
}

/** Steps without a language are Indonesian: DOKU's own plugins show them to Indonesian shoppers unchecked. */
function parseLanguage(language: string | undefined): HowToPay["language"] | undefined {
  const code = (language ?? "id").trim().toLowerCase();
  if (/^(id|in|ind|indonesian?)\b/.test(code)) return "id";
  return /^(en|eng|english)\b/.test(code) ? "en" : undefined;
}

/** Converts HTML from outside to text of at most `max` characters that contains no `<` and no `>`. */
export function toPlainText(html: string, max: number): string {
  const text = html
    .slice(0, maxRawStep)
    .replace(/&nbsp;/gi, " ")
    .replace(/&(quot|#0*34);/gi, '"')
    .replace(/&(apos|#0*39);/gi, "'")
    .replace(/&lt;/gi, "<")
    .replace(/&gt;/gi, ">")
    .replace(/&amp;/gi, "&")
    .replace(/<(script|style)\b[\s\S]*?(<\/\1\s*>|$)/gi, " ")
    .replace(/<\/?(br|p|div|li|ul|ol|tr|td|h\d)\b[^<>]*>/gi, " ")
    .replace(/<[^<>]*>/g, "")
    .replace(/[<>]/g, " ")
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim();
  return toStorableText(text, max).trim();
}
