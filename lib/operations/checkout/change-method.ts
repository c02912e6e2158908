import { changePayment } from "../changes/change-payment";
import type { Deps } from "../deps";
import { supersedePayment } from "./supersede-payment";
import type { SupersedePayment } from "./supersede-payment";

/**
 * Frees an order for another method. Where DOKU can cancel the code, it is cancelled first, so that nobody pays it any
 * more; where it cannot, or will not say, the old code is superseded and watched to its end.
 */
export async function changeMethod(deps: Deps, orderId: string): Promise<SupersedePayment> {
  const cancelled = await changePayment(deps, { orderId, kind: "cancel", cause: "shopper" });
  switch (cancelled.outcome) {
    case "done":
      return { outcome: "superseded" };
    case "already_paid":
    case "not_found":
      return { outcome: cancelled.outcome };
    case "unknown":
    case "refused":
    case "not_possible":
    case "does_not_fit":
      return supersedePayment(deps, orderId);
  }
}
