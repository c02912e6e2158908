import { isUnavailable } from "@/db/rows";
import { loadView } from "@/lib/operations/checkout/load-order";
import { isPayable } from "@/lib/payment/payment-view";
import type { PaymentView } from "@/lib/payment/payment-view";
import { getDeps } from "@/lib/server/deps";
import { log } from "@/lib/server/log";

/** A view whose code can be paid now. */
export type PayableView = PaymentView & { code: string; expiresAt: string };

export type FindPayable =
  | { outcome: "payable"; view: PayableView }
  /** `over`: there is such an order, and nothing to pay with a code. */
  | { outcome: "over" | "not_found" | "unavailable" };

/** @param orderId from the address, not validated */
export async function findPayable(orderId: string): Promise<FindPayable> {
  try {
    const view = await loadView(await getDeps(), orderId);
    if (!view) return { outcome: "not_found" };
    const { code, expiresAt } = view;
    return isPayable(view) && code !== undefined && expiresAt !== undefined
      ? { outcome: "payable", view: { ...view, code, expiresAt } }
      : { outcome: "over" };
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    log("warn", "page_failed", { error });
    return { outcome: "unavailable" };
  }
}
