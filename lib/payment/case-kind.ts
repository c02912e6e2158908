export const caseKinds = [
  "paid_twice",
  "paid_after_cancel",
  "amount_differs",
  "orphan",
  "conflicting_answer",
  // A shopper says so; DOKU does not.
  "payment_claimed",
] as const;
export type CaseKind = (typeof caseKinds)[number];

/**
 * Cases about money that came. An unusable answer of DOKU and a shopper's word are cases too, but no money: the order may
 * still be paid another way.
 */
export const moneyCaseKinds: CaseKind[] = caseKinds.filter(
  (kind) => kind !== "conflicting_answer" && kind !== "payment_claimed",
);
