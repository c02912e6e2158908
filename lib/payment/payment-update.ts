import type { Rupiah } from "./rupiah";

/** What DOKU says of one payment, in a verified notification or in answer to a status check. */
export type PaymentUpdate = {
  source: "notification" | "status_check";
  outcome: "success" | "failed" | "expired" | "refunded" | "pending";
  /** undefined when the amount was there but was not whole rupiah. */
  amount: Rupiah | undefined;
  /** When it happened by DOKU's clock. */
  at: Date;
  /** DOKU named no time, so `at` is when its report arrived here. */
  isArrivalTime?: boolean;
  /**
   * Hash of what tells one real payment from another; a delivery's Request-Id is not part of it
   * (docs/doku-protocol.md#85-answers-and-retries).
   */
  identity: string;
  /** The acquirer's identifiers as one text, from `toAcquirerIds`. */
  acquirerIds: string;
};
