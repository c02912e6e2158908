import { z } from "zod";
import type { DokuError } from "./outcome";
import { toStorableText } from "../parsing/safe-text";

/** A code or message of DOKU: a string, a number, or a list of strings; at most 500 characters. */
const ErrorText = z
  .union([z.string(), z.number().transform(String), z.array(z.unknown()).transform(joinTexts)])
  .transform((text) => toStorableText(text, 500))
  .optional()
  .catch(undefined);

function joinTexts(entries: unknown[]): string {
  return entries
    .slice(0, 20)
    .filter((entry) => typeof entry === "string")
    .join("; ");
}

const ErrorMembers = z.object({ code: ErrorText, message: ErrorText, type: ErrorText });
const Envelope = z.object({ error: ErrorMembers });
const CheckoutEnvelope = z.object({ response: z.object({ error: ErrorMembers }) });
const DraftEnvelope = z.object({
  response_code: z.string(),
  message: ErrorText,
  response_message: ErrorText,
});
/** From the web framework in front of DOKU, for example for an unknown path: `error` is the status text. */
const FrameworkEnvelope = z.object({ error: z.string(), message: ErrorText });

/**
 * Parses DOKU's error from any of the envelopes that have been seen (docs/doku-protocol.md#101-envelopes). undefined for
 * every other body: HTML, an empty one, a success.
 */
export function parseDokuError(body: unknown): DokuError | undefined {
  const envelope = Envelope.safeParse(body);
  if (envelope.success) return toDokuError(envelope.data.error);
  const checkout = CheckoutEnvelope.safeParse(body);
  if (checkout.success) return toDokuError(checkout.data.response.error);
  const draft = DraftEnvelope.safeParse(body);
  if (draft.success) {
    const { response_code: code, message, response_message: other } = draft.data;
    return { code: toStorableText(code, 500), message: message ?? other, type: undefined };
  }
  const framework = FrameworkEnvelope.safeParse(body);
  if (framework.success) {
    return { code: undefined, message: framework.data.message ?? framework.data.error, type: undefined };
  }
  return parseBareMessage(body);
}

const toDokuError = ({ code, message, type }: z.infer<typeof ErrorMembers>): DokuError => ({
  code,
  message,
  type,
});

function parseBareMessage(body: unknown): DokuError | undefined {
  const alone = z.object({ message: ErrorText }).safeParse(body);
  const message = alone.success ? alone.data.message : undefined;
  return message === undefined ? undefined : { code: undefined, message, type: undefined };
}
