import type { CaseKind, PaymentUpdate } from "./decide";
import { isSamePayment } from "./same-payment";

/** What a person was asked about once, whether the case is still open or not. */
export type Reviewed = Pick<PaymentUpdate, "source" | "identity" | "amount" | "at" | "acquirerIds"> & {
  case: CaseKind;
};

/** Whether this fact has had its case already: DOKU says the same again for hours, and a person decides it once. */
export const wasReviewed = (reviewed: readonly Reviewed[], kind: CaseKind, fact: PaymentUpdate): boolean =>
  reviewed.some((before) => before.case === kind && isSameFact(before, fact));

function isSameFact(before: Reviewed, fact: PaymentUpdate): boolean {
  if (before.identity === fact.identity) return true;
  if (before.amount !== fact.amount) return false;
  // A status answer may leave out the identifiers, so it tells of no payment that we do not know already.
  if (fact.source === "status_check") return true;
  return before.source === "status_check" && isSamePayment(before, fact);
}
