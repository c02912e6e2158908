import type { PaymentView } from "./payment-view";

/** Where a merchant's program wants its shopper back, with the session's id filled in. */
export type ReturnAddresses = { success: string | undefined; cancel: string | undefined };

type Outcome = Pick<PaymentView, "status" | "underReview" | "timesPaid" | "returned">;

/**
 * Where a payment's page leads back to; undefined while the payment is still to come. Money that is under review for an
 * order that is not paid leads to `cancel`: `success` would tell the shop's page what is not decided yet.
 */
export function chooseReturnAddress(view: Outcome, addresses: ReturnAddresses): string | undefined {
  switch (view.status) {
    case "paid":
    case "refunded":
      return addresses.success;
    case "expired":
    case "cancelled":
    case "failed":
    case "unstarted":
      return addresses.cancel;
    case "preparing":
    case "awaiting_payment":
    case "time_up":
      return view.underReview ? addresses.cancel : undefined;
  }
}

/** Whether a page may go back without being asked: the order is paid, and nothing about its money is open. */
export const returnsByItself = ({ status, underReview, timesPaid, returned }: Outcome): boolean =>
  status === "paid" && !underReview && !returned && timesPaid === undefined;

/** Braces that a program's library has encoded mean the same. */
const placeholder = /(?:\{|%7B)CHECKOUT_SESSION_ID(?:\}|%7D)/gi;

/** The stored address with the session's id in it; undefined for anything that no browser may be sent to. */
export function fillReturnAddress(stored: string | null, sessionId: string): string | undefined {
  const filled = stored?.replaceAll(placeholder, encodeURIComponent(sessionId));
  return filled !== undefined && /^https?:/i.test(filled) && URL.canParse(filled) ? filled : undefined;
}
