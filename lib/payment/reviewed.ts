import type { CaseKind } from "./case-kind";
import type { PaymentUpdate } from "./payment-update";
import { isSamePayment } from "./same-payment";

/** An update that opened a case, whether the case is still open or not. */
export type ReviewedUpdate = Pick<PaymentUpdate, "source" | "identity" | "amount" | "at" | "acquirerIds"> & {
  case: CaseKind;
};

/** Whether this update has had its case already: DOKU repeats an update for hours, and a person decides once. */
export const wasReviewed = (
  reviewed: readonly ReviewedUpdate[],
  kind: CaseKind,
  update: PaymentUpdate,
): boolean => reviewed.some((before) => before.case === kind && isSameUpdate(before, update));

function isSameUpdate(before: ReviewedUpdate, update: PaymentUpdate): boolean {
  if (before.identity === update.identity) return true;
  if (before.amount !== update.amount) return false;
  // A status answer may lack the identifiers, so it cannot prove a further payment.
  if (update.source === "status_check") return true;
  return before.source === "status_check" && isSamePayment(before, update);
}
