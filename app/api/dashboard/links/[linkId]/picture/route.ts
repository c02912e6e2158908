import { z } from "zod";
import { saveLinkPicture } from "@/lib/operations/payment-links/save-picture";
import { mostPictureBytes } from "@/lib/payment/picture";
import { isSameOrigin } from "@/lib/server/auth/auth-origin";
import { findStaffUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { getSettings } from "@/lib/server/env/settings";
import { failureLevel, log } from "@/lib/server/log";
import { readRequestBody } from "@/lib/server/request-body";

/** The file with the parts of the form around it. */
const limitBytes = mostPictureBytes + 16 * 1024;

/** What the link's page says afterwards: a key of the catalogue's `dashboard.links`. */
type Result = "picture_saved" | "too_large" | "no_picture" | "failed";

/**
 * Saves the picture that a form sends, with or without JavaScript. No server action, because those take less
 * (`bodySizeLimit` in next.config.mjs).
 */
export async function POST(
  request: Request,
  { params }: RouteContext<"/api/dashboard/links/[linkId]/picture">,
): Promise<Response> {
  const merchant = isSameOrigin(request.headers, getSettings().appUrl) ? await findStaffUser() : undefined;
  if (!merchant) return refuseUpload(401);
  const id = z.uuid().safeParse((await params).linkId);
  if (!id.success) return refuseUpload(404);
  const result = await savePicture(request, id.data).catch((error: unknown) => {
    log(failureLevel(error), "picture_failed", { error });
    return "failed" as const;
  });
  const location = `/dashboard/links/${id.data}?done=${result}#picture`;
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
}

const refuseUpload = (status: number) =>
  new Response(null, { status, headers: { "cache-control": "no-store" } });

async function savePicture(request: Request, id: string): Promise<Result> {
  const body = await readRequestBody(request, { limitBytes });
  if (body.outcome === "too_large") return "too_large";
  if (body.outcome === "unreadable") return "failed";
  const type = request.headers.get("content-type") ?? "";
  const form = await new Response(Buffer.from(body.bytes), { headers: { "content-type": type } }).formData();
  const file = form.get("picture");
  if (!(file instanceof Blob)) return "no_picture";
  const saved = await saveLinkPicture(await getDeps(), id, new Uint8Array(await file.arrayBuffer()));
  return saved.outcome === "saved"
    ? "picture_saved"
    : saved.outcome === "not_found"
      ? "failed"
      : saved.outcome;
}
