import { isTimeUp } from "./payment";
import type { PaymentState } from "./payment";

/** DOKU's statuses in the answer to an inquiry (docs/doku-protocol.md#45-direct-inquiry-dipc). */
export type InquiryStatus =
  "success" | "decline" | "billing_already_paid" | "billing_was_expired" | "billing_not_found";

/** What is on record about the bill of an inquiry. */
export type InquiredBill = {
  state: PaymentState;
  /** Another payment replaced it: it is no longer offered. */
  superseded: boolean;
  /** Money for its order is on record, whichever payment brought it. */
  orderPaid: boolean;
  /** A person has something to decide about its order. */
  underReview: boolean;
};

export type InquiryReason =
  | "open"
  | "paid"
  | "paid_otherwise"
  | "refunded"
  | "expired"
  | "cancelled"
  | "time_up"
  | "superseded"
  | "under_review"
  | "failed"
  | "not_ready"
  | "unknown_code";

export type InquiryDecision = { status: InquiryStatus; because: InquiryReason };

const answer = (status: InquiryStatus, because: InquiryReason): InquiryDecision => ({ status, because });

/** No bill has the code. */
export const unknownBill = { status: "billing_not_found", because: "unknown_code" } as const;

/**
 * Decides the answer to an inquiry. Only a bill that can and may be paid is a success: after any other answer the
 * cashier takes no money. @param bill undefined when no bill has the code
 */
export function decideInquiry(bill: InquiredBill | undefined, now: Date): InquiryDecision {
  if (!bill) return unknownBill;
  const { status } = bill.state;
  if (status === "paid" || status === "refunded") return answer("billing_already_paid", status);
  if (bill.orderPaid) return answer("billing_already_paid", "paid_otherwise");
  switch (status) {
    case "expired":
    case "cancelled":
      return answer("billing_was_expired", status);
    case "failed":
      return answer("decline", "failed");
    case "requested":
      return answer("decline", "not_ready");
    case "awaiting_payment":
      return decideOpenBill(bill, now);
  }
}

function decideOpenBill({ state, superseded, underReview }: InquiredBill, now: Date): InquiryDecision {
  if (superseded) return answer("decline", "superseded");
  if (underReview) return answer("decline", "under_review");
  // The stored state changes only after a status check, so the clock decides here.
  return isTimeUp(state, now) ? answer("billing_was_expired", "time_up") : answer("success", "open");
}
