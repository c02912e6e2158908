import { z } from "zod";

const JsonObject = z.record(z.string(), z.unknown());
export type JsonObject = z.infer<typeof JsonObject>;

/** The value, or undefined when the text is not JSON. JSON has no undefined, so the two cannot be confused. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The object, or an empty one for anything else: for looking into foreign values without trusting them. */
export function asObject(value: unknown): JsonObject {
  const parsed = JsonObject.safeParse(value);
  return parsed.success ? parsed.data : {};
}

export const asText = (value: unknown): string => (typeof value === "string" ? value : "");

export const amountForms = ["number", "string", "decimal_number", "decimal_string"] as const;
export type AmountForm = (typeof amountForms)[number];

/** Every `amount` in the body in the wanted form: DOKU's own documents disagree on it (protocol 8.4, 9). */
export function renderJson(value: unknown, options: { amounts?: AmountForm; pretty?: boolean } = {}): string {
  const form = options.amounts ?? "number";
  const written = (key: string, item: unknown) => {
    if (key !== "amount" || typeof item !== "number" || form === "number") return item;
    if (form === "string") return String(item);
    return form === "decimal_string" ? item.toFixed(2) : `<raw>${item.toFixed(2)}</raw>`;
  };
  const text = JSON.stringify(value, written, options.pretty ? 2 : undefined);
  return form === "decimal_number" ? text.replaceAll(/"<raw>([\d.]+)<\/raw>"/g, "$1") : text;
}
