import { buildDocument } from "@/lib/api/document";
import { getSettings } from "@/lib/server/env/settings";

/** The API in OpenAPI 3.1. It says nothing about this merchant, so that everyone may read it. */
export function GET(): Response {
  return Response.json(buildDocument(`${getSettings().appUrl}/api/v1`), {
    headers: { "access-control-allow-origin": "*", "cache-control": "public, max-age=300" },
  });
}
