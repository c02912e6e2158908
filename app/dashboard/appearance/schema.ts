import { parseWithZod } from "@conform-to/zod/v4";
import { z } from "zod";
import { appearanceLimits } from "@/lib/appearance/appearance";
import { parseColour } from "@/lib/appearance/colour";
import { toIndonesianPhone } from "@/lib/channels/contact";
import { hasVisibleText } from "@/lib/payment/visible-text";

/** In the order of the page. */
export const appearanceFields = [
  "name",
  "accent",
  "whatsapp",
  "phone",
  "email",
  "website",
  "helpId",
  "helpEn",
] as const;
export type AppearanceField = (typeof appearanceFields)[number];
export type AppearanceFormValues = { [Name in AppearanceField]?: string | undefined };

/**
 * A field that may stay empty, which is null.
 * @param parse gives undefined for a text that is wrong
 */
const optional = <T>(parse: (text: string) => T | undefined) =>
  z.string().transform((text, context): T | null => {
    // A browser sends line breaks as CR LF.
    const plain = text.replaceAll("\r\n", "\n").trim();
    if (plain === "") return null;
    const parsed = parse(plain);
    if (parsed !== undefined) return parsed;
    context.issues.push({ code: "custom", message: "wrong", input: text });
    return z.NEVER;
  });

const atMost = (characters: number) => (text: string) =>
  text.length <= characters && hasVisibleText(text) ? text : undefined;

/** People write `toko.id` as well as whole addresses. */
function parseWebsite(text: string): string | undefined {
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
  const url = URL.canParse(whole) ? new URL(whole) : undefined;
  const isGood =
    url?.protocol === "https:" && url.username === "" && url.password === "" && url.hostname.includes(".");
  return isGood && url.href.length <= appearanceLimits.website ? url.href : undefined;
}

const Email = z.email().max(appearanceLimits.email);

const Form = z.object({
  name: optional(atMost(appearanceLimits.name)),
  accent: optional(parseColour),
  whatsapp: optional(toIndonesianPhone),
  phone: optional((text) => (/^\+?[\d ().-]{3,30}$/.test(text) ? text : undefined)),
  email: optional((text) => Email.safeParse(text).data),
  website: optional(parseWebsite),
  helpId: optional(atMost(appearanceLimits.help)),
  helpEn: optional(atMost(appearanceLimits.help)),
});

/** Every wrong field has its own name as its problem: a key of the catalogue's `dashboard.appearance.errors`. */
export const parseAppearanceForm = (fields: FormData) =>
  parseWithZod(fields, {
    schema: Form,
    disableAutoCoercion: true,
    formatError: toProblems,
  });

const toProblems = (issues: z.core.$ZodIssue[]): string[] =>
  issues.slice(0, 1).map(({ path }) => String(path[0] ?? "name"));
