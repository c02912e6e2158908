import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import type { MadeForm } from "../schema";

const Key = z.string().regex(/^[A-Za-z0-9_-]{22}$/);

/** For one drawing of the form. */
export const newFormKey = (): string => randomBytes(16).toString("base64url");

/**
 * Names this very content of this very form: sent twice it makes one payment, and gone back to and filled in for another
 * customer it makes another one. A form that lost its key is like no other.
 */
export function keyOf(form: FormData, input: MadeForm): string {
  const key = Key.safeParse(form.get("key"));
  const content = createHash("sha256").update(JSON.stringify(input)).digest("base64url");
  return `${key.success ? key.data : newFormKey()}~${content}`;
}
