/** Of a payment that DOKU told of: what tells it from another one of the same code. */
export type Traits = { acquirerIds: string; at: Date };

/** DOKU's clocks for a status and for a notification of the same payment may differ by so much. Milliseconds. */
const sameMoment = 60_000;

/**
 * Whether a status answer and a notification tell of the same real payment, although their identities differ: by the
 * acquirer's ids, or by the moment when one of them leaves them out.
 */
export const isSamePayment = (one: Traits, other: Traits): boolean =>
  one.acquirerIds !== "" && other.acquirerIds !== ""
    ? one.acquirerIds === other.acquirerIds
    : Math.abs(one.at.getTime() - other.at.getTime()) <= sameMoment;
