import { getApiDocument } from "@/lib/server/api/api-document";

/** The API in OpenAPI 3.1. It says nothing about this merchant, so that everyone may read it. */
export function GET(): Response {
  return Response.json(getApiDocument(), {
    headers: { "access-control-allow-origin": "*", "cache-control": "public, max-age=300" },
  });
}
