import type { CaseKind } from "./case-kind";
import type { Decision, PaymentContext } from "./decide";
import type { PaymentUpdate } from "./payment-update";

/** Facts that answer the question of a case: the payment was paid as asked, was refunded, or has its code. */
export const solvingFacts = ["paid", "refunded", "code_issued"] as const;
export type SolvingFact = (typeof solvingFacts)[number];

export type SolvedCases = { fact: SolvingFact; kinds: CaseKind[] };

/**
 * Which open cases of a payment an update answers, so that they close without a person.
 * @returns undefined when it answers none
 */
export function findSolvedCases(
  context: Pick<PaymentContext, "reusable" | "reviewed">,
  decision: Decision,
  update: PaymentUpdate,
): SolvedCases | undefined {
  if (decision.kind !== "move") return undefined;
  if (decision.to?.status === "refunded") return { fact: "refunded", kinds: listRefunded(context) };
  if (!decision.receipt) return undefined;
  return {
    fact: "paid",
    kinds: [
      "conflicting_answer",
      "payment_claimed",
      ...(correctsAmount(context, update) ? [amountDiffers] : []),
    ],
  };
}

const amountDiffers = "amount_differs" as const;

/** DOKU gave the money back. One refund does not answer for a second payment of the same code. */
const listRefunded = ({ reviewed }: Pick<PaymentContext, "reviewed">): CaseKind[] => [
  amountDiffers,
  "paid_after_cancel",
  "payment_claimed",
  ...(reviewed.some((each) => each.case === "paid_twice") ? [] : ["paid_twice" as const]),
];

/**
 * A one-time code is paid once, so a report of the right amount corrects those before it, unless the acquirer's ids say
 * that they were of another payment.
 */
const correctsAmount = (
  { reusable, reviewed }: Pick<PaymentContext, "reusable" | "reviewed">,
  { acquirerIds }: PaymentUpdate,
): boolean =>
  !reusable &&
  reviewed
    .filter((before) => before.case === amountDiffers)
    .every((before) => before.acquirerIds === "" || acquirerIds === "" || before.acquirerIds === acquirerIds);
