import { z } from "zod";
import type { DokuError } from "./outcome";
import { storable } from "../parsing/safe-text";

/** Any text DOKU may put where it explains itself: a string, a number, or a list of them. */
const Said = z
  .union([z.string(), z.number().transform(String), z.array(z.unknown()).transform(joined)])
  .transform((text) => storable(text, 500))
  .optional()
  .catch(undefined);

function joined(entries: unknown[]): string {
  return entries
    .slice(0, 20)
    .filter((entry) => typeof entry === "string")
    .join("; ");
}

const Inner = z.object({ code: Said, message: Said, type: Said });
const Envelope = z.object({ error: Inner });
const CheckoutEnvelope = z.object({ response: z.object({ error: Inner }) });
const DraftEnvelope = z.object({ response_code: z.string(), message: Said, response_message: Said });
/** The web framework in front of DOKU: `error` is the status in words, as for a path that does not exist. */
const FrameworkEnvelope = z.object({ error: z.string(), message: Said });

/**
 * DOKU's own words about what went wrong, in any of the shapes that have been seen (protocol part 10.1); undefined when
 * the body is no such shape, as HTML, an empty body or a success is none.
 */
export function readDokuError(body: unknown): DokuError | undefined {
  const envelope = Envelope.safeParse(body);
  if (envelope.success) return wordsOf(envelope.data.error);
  const checkout = CheckoutEnvelope.safeParse(body);
  if (checkout.success) return wordsOf(checkout.data.response.error);
  const draft = DraftEnvelope.safeParse(body);
  if (draft.success) {
    const { response_code: code, message, response_message: other } = draft.data;
    return { code: storable(code, 500), message: message ?? other, type: undefined };
  }
  const framework = FrameworkEnvelope.safeParse(body);
  if (framework.success) {
    return { code: undefined, message: framework.data.message ?? framework.data.error, type: undefined };
  }
  return readMessageAlone(body);
}

const wordsOf = ({ code, message, type }: z.infer<typeof Inner>): DokuError => ({ code, message, type });

function readMessageAlone(body: unknown): DokuError | undefined {
  const alone = z.object({ message: Said }).safeParse(body);
  const message = alone.success ? alone.data.message : undefined;
  return message === undefined ? undefined : { code: undefined, message, type: undefined };
}
