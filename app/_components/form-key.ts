import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";

const Key = z.string().regex(/^[A-Za-z0-9_-]{22}$/);

/** For one rendering of the form. */
export const createFormKey = (): string => randomBytes(16).toString("base64url");

/**
 * The same content of the same form has one key, so that a form sent twice makes one thing. Filled in for another
 * customer, it has another key. A form without a key gets a new one.
 */
export function toIdempotencyKey(form: FormData, input: object): string {
  const key = Key.safeParse(form.get("key"));
  const content = createHash("sha256").update(JSON.stringify(input)).digest("base64url");
  return `${key.success ? key.data : createFormKey()}~${content}`;
}
