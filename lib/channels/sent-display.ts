import { z } from "zod";
import { lenient } from "../parsing/lenient";
import type { TillDisplay } from "./till-display";

const SentBody = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.issues.push({ code: "custom", message: "not_json", input: text });
      return z.NEVER;
    }
  })
  .pipe(
    z.object({
      customer: z.object({ name: z.string().min(1) }),
      online_to_offline_info: lenient(z.object({ info: lenient(z.string()) })),
    }),
  );

/**
 * What a stored request told DOKU's tills.
 * @returns undefined for a payment page, and for a bill, which is not sent
 */
export function parseSentDisplay(requestBody: string): TillDisplay | undefined {
  const sent = SentBody.safeParse(requestBody);
  return sent.data && { name: sent.data.customer.name, info: sent.data.online_to_offline_info?.info ?? "" };
}
