import { toSessionId } from "@/lib/api/ids";
import type { ViewedSession } from "@/lib/operations/checkout/load-order";
import type { OrderId } from "@/lib/payment/order-id";
import { fillReturnAddress } from "@/lib/payment/return-address";
import type { ReturnAddresses } from "@/lib/payment/return-address";
import { getSettings } from "@/lib/server/env/settings";

/** Where the merchant's program wants its shopper back, as a browser may be sent there. */
export function toReturnAddresses(orderId: OrderId, session: ViewedSession | undefined): ReturnAddresses {
  const sessionId = toSessionId(orderId);
  return {
    success: fillReturnAddress(session?.successUrl ?? null, sessionId),
    cancel: fillReturnAddress(session?.cancelUrl ?? null, sessionId),
  };
}

/** The shop of this installation; undefined where `/` is no shop. */
export const getOwnShop = (): string | undefined => (getSettings().demoShop ? "/" : undefined);
