import type { PaymentStatus } from "./payment";

/**
 * Every legal move of a payment. `decide` asks this table, and the database's check on `payment_events` is generated
 * from it (`transitionCheck`). A SUCCESS pays from every status but `paid` and `refunded`; only a refund leaves
 * `paid`.
 */
export const transitions = {
  requested: ["awaiting_payment", "paid", "expired", "failed", "refunded"],
  awaiting_payment: ["paid", "expired", "cancelled", "failed", "refunded"],
  expired: ["paid", "refunded"],
  cancelled: ["paid", "refunded"],
  failed: ["paid", "refunded"],
  paid: ["refunded"],
  refunded: [],
} as const satisfies Record<PaymentStatus, readonly PaymentStatus[]>;

export const canTransition = (from: PaymentStatus, to: PaymentStatus): boolean =>
  (transitions[from] as readonly PaymentStatus[]).includes(to);

/**
 * The table as an SQL condition over two columns that hold a status or null. An event without a transition has the same
 * status twice, or null in one of them.
 */
export function transitionCheck(from: string, to: string): string {
  const moves = Object.entries(transitions)
    .filter(([, targets]) => targets.length > 0)
    .map(([start, targets]) => `(${from} = '${start}' and ${to} in (${targets.map(quote).join(", ")}))`);
  return [`${from} is null`, `${to} is null`, `${from} = ${to}`, ...moves].join(" or ");
}

const quote = (text: string): string => `'${text}'`;
