import { canStartAgain, isPayable } from "@/lib/payment/payment-view";
import type { PaymentView } from "@/lib/payment/payment-view";

type StartedView = Pick<PaymentView, "orderId" | "channel" | "can">;

/** The payment page with the form for another method open. */
export const getOtherMethodPath = (orderId: string): string => `/pay/${orderId}?next=other#other`;

/**
 * Where a checkout form leads that is sent while a payment exists: to that payment. A form with another method, sent
 * after Back, also opens the change of the method, because the choice itself starts nothing.
 */
export const getStartedPath = (view: StartedView, wanted: unknown): string =>
  wanted !== view.channel && view.can.changeMethod
    ? getOtherMethodPath(view.orderId)
    : `/pay/${view.orderId}`;

/** What a checkout page says that is older than the payment; undefined while the payment may be started here. */
export function toStartedKey(
  view: PaymentView,
  means: "code" | "link" | undefined,
): "code" | "page" | "ended" | undefined {
  if (canStartAgain(view)) return undefined;
  if (!view.can.changeMethod) return "ended";
  return means === "code" && isPayable(view) ? "code" : "page";
}
