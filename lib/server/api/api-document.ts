import "server-only";
import { buildDocument } from "@/lib/api/document";
import type { ApiDocument } from "@/lib/api/open-api";
import { getSettings } from "../env/settings";

let built: { server: string; document: ApiDocument } | undefined;

/** The document of this shop's API. Made once, because making it takes tens of milliseconds and everyone may ask for it. */
export function getApiDocument(): ApiDocument {
  const server = `${getSettings().appUrl}/api/v1`;
  if (built?.server !== server) built = { server, document: buildDocument(server) };
  return built.document;
}
