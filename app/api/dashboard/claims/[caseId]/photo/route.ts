import { z } from "zod";
import { findClaimPhoto } from "@/db/queries/dashboard/payment-claims";
import { isUnavailable } from "@/db/rows";
import { findStaffUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { failureLevel, log } from "@/lib/server/log";

/** A shopper's photo of a receipt, for signed-in staff alone. No browser and no proxy keeps it. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/dashboard/claims/[caseId]/photo">,
): Promise<Response> {
  const headers = { "cache-control": "no-store" };
  const merchant = await findStaffUser();
  if (!merchant) return new Response(null, { status: 401, headers });
  const id = z.uuid().safeParse((await params).caseId);
  try {
    const photo = id.success ? await findClaimPhoto((await getDeps()).db, merchant, id.data) : undefined;
    if (!photo) return new Response(null, { status: 404, headers });
    const type = { "content-type": "image/jpeg", "x-content-type-options": "nosniff" };
    return new Response(Buffer.from(photo), { headers: { ...headers, ...type } });
  } catch (error) {
    log(failureLevel(error), "claim_photo_failed", { error });
    return new Response(null, { status: isUnavailable(error) ? 503 : 500, headers });
  }
}
