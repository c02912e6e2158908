import { changeAppearance } from "@/lib/operations/appearance/change-appearance";
import { staffActor } from "@/lib/payment/attribution";
import { mostPictureBytes } from "@/lib/payment/picture";
import { publishAppearanceChange } from "@/lib/server/appearance";
import { isSameOrigin } from "@/lib/server/auth/auth-origin";
import { findStaffUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { getSettings } from "@/lib/server/env/settings";
import { encodeLogo } from "@/lib/server/images/encode-logo";
import { failureLevel, log } from "@/lib/server/log";
import { readRequestBody } from "@/lib/server/request-body";

/** The file with the parts of the form around it. */
const limitBytes = mostPictureBytes + 16 * 1024;

/** What the page says afterwards: a key of the catalogue's `dashboard.appearance.done`. */
type Result = "logo_saved" | "too_large" | "no_picture" | "failed";

/**
 * Saves the logo that a form sends, with or without JavaScript. No server action, because those take less
 * (`bodySizeLimit` in next.config.mjs).
 */
export async function POST(request: Request): Promise<Response> {
  const merchant = isSameOrigin(request.headers, getSettings().appUrl) ? await findStaffUser() : undefined;
  if (!merchant) return new Response(null, { status: 401, headers: { "cache-control": "no-store" } });
  const result = await saveLogo(request, merchant.id).catch((error: unknown) => {
    log(failureLevel(error), "logo_failed", { error });
    return "failed" as const;
  });
  const location = `/dashboard/appearance?done=${result}#logo`;
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
}

async function saveLogo(request: Request, staffId: string): Promise<Result> {
  const body = await readRequestBody(request, { limitBytes });
  if (body.outcome === "too_large") return "too_large";
  if (body.outcome === "unreadable") return "failed";
  const type = request.headers.get("content-type") ?? "";
  const form = await new Response(Buffer.from(body.bytes), { headers: { "content-type": type } }).formData();
  const file = form.get("logo");
  if (!(file instanceof Blob)) return "no_picture";
  const encoded = await encodeLogo(new Uint8Array(await file.arrayBuffer()));
  if (encoded.outcome !== "encoded") return encoded.outcome;
  await changeAppearance(await getDeps(), {
    values: {},
    logo: encoded.logo,
    actor: staffActor(staffId),
  });
  await publishAppearanceChange();
  return "logo_saved";
}
