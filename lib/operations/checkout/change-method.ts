import { changePayment } from "../changes/change-payment";
import type { Deps } from "../deps";
import { supersedePayment } from "./supersede-payment";
import type { SupersedePayment } from "./supersede-payment";

/**
 * Makes room for another payment method. Where DOKU can cancel the code, it is cancelled first, so that it cannot be
 * paid any more. Otherwise the payment is superseded, and status checks go on until its end.
 */
export async function changeMethod(deps: Deps, orderId: string): Promise<SupersedePayment> {
  const attribution = { actor: "shopper", reason: "method_changed" } as const;
  const cancelled = await changePayment(deps, { orderId, kind: "cancel", ...attribution });
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
