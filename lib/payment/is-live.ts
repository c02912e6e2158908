import type { PaymentStatus } from "./payment";

// Apart from payment.ts, because browsers load it, and zod would come with that file.
/** A live payment can still be offered to the shopper; an order has at most one. */
export const isLive = (status: PaymentStatus): boolean =>
  status === "requested" || status === "awaiting_payment";
