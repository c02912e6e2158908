import { recordWrongAddress } from "@/lib/operations/notifications/receive-notification";
import { getClientNetwork } from "@/lib/server/limits/client-address";
import { getDeps } from "@/lib/server/deps";
import { getSettings } from "@/lib/server/env/settings";
import { readRequestBody } from "@/lib/server/request-body";
import * as inquiries from "./inquiries/route";
import * as notifications from "./notifications/route";

export const dynamic = "force-dynamic";

/**
 * Serves the paths that settings name. Rewrites are fixed at build time and settings are read at run time, so
 * next.config.mjs rewrites every request with DOKU's headers to here (docs/decisions/014-route-handlers-for-doku.md).
 */
function findHandler(request: Request): typeof notifications | typeof inquiries | undefined {
  const path = withoutSlash(new URL(request.url).pathname);
  const { notificationPath, inquiryPath } = getSettings();
  if (path === withoutSlash(notificationPath)) return notifications;
  return path === withoutSlash(inquiryPath) ? inquiries : undefined;
}

const withoutSlash = (path: string): string => path.replace(/\/$/, "");

export async function POST(request: Request): Promise<Response> {
  const handler = findHandler(request);
  if (handler) return handler.POST(request);
  const body = await readRequestBody(request);
  const headers = (name: string) => request.headers.get(name) ?? undefined;
  if (body.outcome === "read")
    await recordWrongAddress(
      await getDeps(),
      { headers, rawBody: body.bytes, network: () => getClientNetwork(request.headers) },
      new URL(request.url).pathname,
    );
  return notFound();
}

const refuseMethod = (request: Request): Response => findHandler(request)?.GET() ?? notFound();

export {
  refuseMethod as DELETE,
  refuseMethod as GET,
  refuseMethod as HEAD,
  refuseMethod as OPTIONS,
  refuseMethod as PATCH,
  refuseMethod as PUT,
};

const notFound = (): Response =>
  new Response(null, { status: 404, headers: { "cache-control": "no-store" } });
