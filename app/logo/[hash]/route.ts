import { findLogo } from "@/db/queries/appearances";
import { isUnavailable } from "@/db/rows";
import { hashPattern } from "@/lib/appearance/appearance";
import { getDeps } from "@/lib/server/deps";
import { failureLevel, log } from "@/lib/server/log";

/** A logo of the merchant, for pages and mails. Its address names its bytes, so that it never changes. */
export async function GET(_request: Request, { params }: RouteContext<"/logo/[hash]">): Promise<Response> {
  const { hash } = await params;
  if (!new RegExp(hashPattern).test(hash)) return new Response(null, { status: 404 });
  try {
    const content = await findLogo((await getDeps()).db, hash);
    if (!content) return new Response(null, { status: 404 });
    const headers = {
      "content-type": "image/png",
      "x-content-type-options": "nosniff",
      "cache-control": "public, max-age=31536000, immutable",
    };
    return new Response(Buffer.from(content), { headers });
  } catch (error) {
    log(failureLevel(error), "logo_failed", { error });
    return new Response(null, { status: isUnavailable(error) ? 503 : 500 });
  }
}
