import { cache } from "react";
import { isUnavailable } from "@/db/rows";
import { loadOrderDetails } from "@/lib/operations/checkout/load-order";
import { findBrowser } from "@/lib/server/browser";
import { getDeps } from "@/lib/server/deps";
import { log } from "@/lib/server/log";

/** The order of a page, loaded once for its metadata and its body. `unavailable`: the database cannot be reached. */
export const loadOrder = cache(async (orderId: string) => {
  try {
    return await loadOrderDetails(await getDeps(), orderId, await findBrowser());
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    log("warn", "page_failed", { error });
    return { outcome: "unavailable" } as const;
  }
});
