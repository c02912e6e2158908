import type { SubmissionResult } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";

type Errors = { formErrors?: string[]; fieldErrors?: Record<string, string[]> };

/** Answers a form that no schema has checked: with what was typed, and these errors. */
export const replyTo = (fields: FormData, errors: Errors): SubmissionResult =>
  parseWithZod(fields, { schema: z.unknown(), disableAutoCoercion: true }).reply(errors);
