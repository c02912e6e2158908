/** What tells one payment of a code from another. */
export type PaymentTraits = { acquirerIds: string; at: Date };

/** How far DOKU's dates in a status answer and in a notification of the same payment may differ. */
const sameMomentMs = 60_000;

/**
 * Whether a status answer and a notification report the same real payment although their identities differ: compares the
 * acquirer's ids, or the times when one of the two has no ids.
 */
export const isSamePayment = (one: PaymentTraits, other: PaymentTraits): boolean =>
  one.acquirerIds !== "" && other.acquirerIds !== ""
    ? one.acquirerIds === other.acquirerIds
    : Math.abs(one.at.getTime() - other.at.getTime()) <= sameMomentMs;
