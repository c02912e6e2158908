import { findPicture } from "@/db/queries/payment-links";
import { isUnavailable } from "@/db/rows";
import { getDeps } from "@/lib/server/deps";
import { failureLevel, log } from "@/lib/server/log";

/** The picture of a link, for its page, for the preview of a chat and for the acquirer's payment page. */
export async function GET(
  _request: Request,
  { params }: RouteContext<"/l/[slug]/picture">,
): Promise<Response> {
  try {
    const picture = await findPicture((await getDeps()).db, (await params).slug);
    if (!picture) return new Response(null, { status: 404 });
    const headers = {
      "content-type": picture.type,
      "x-content-type-options": "nosniff",
      "cache-control": "public, max-age=300",
    };
    return new Response(Buffer.from(picture.content), { headers });
  } catch (error) {
    log(failureLevel(error), "picture_failed", { error });
    return new Response(null, { status: isUnavailable(error) ? 503 : 500 });
  }
}
