import { cache } from "react";
import { isUnavailable } from "@/db/rows";
import { readOrder } from "@/lib/operations/checkout/read-order";
import { getDeps } from "@/lib/server/deps";
import { log } from "@/lib/server/log";

/** The order of a page, read once for its head and its body. `away`: our database is; what is stored is safe. */
export const loadOrder = cache(async (orderId: string) => {
  try {
    return await readOrder(await getDeps(), orderId);
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    log("page_failed", { error });
    return { outcome: "away" } as const;
  }
});
