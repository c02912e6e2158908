import { cache } from "react";
import { isUnavailable } from "@/db/rows";
import { loadLink } from "@/lib/operations/payment-links/load-link";
import type { LoadedLink } from "@/lib/operations/payment-links/load-link";
import { findBrowser } from "@/lib/server/browser";
import { getDeps } from "@/lib/server/deps";
import { log } from "@/lib/server/log";

type LinkPage =
  { outcome: "found"; page: LoadedLink } | { outcome: "not_found" } | { outcome: "unavailable" };

/** The link of a page, loaded once for its metadata and its body. `unavailable`: the database cannot be reached. */
export const loadLinkPage = cache(async (slug: string): Promise<LinkPage> => {
  try {
    const page = await loadLink(await getDeps(), slug, await findBrowser());
    return page ? { outcome: "found", page } : { outcome: "not_found" };
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    log("warn", "page_failed", { error });
    return { outcome: "unavailable" };
  }
});
