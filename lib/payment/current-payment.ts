import type { PaymentStatus } from "./payment";

type Attempt = { status: PaymentStatus; paidAt: Date | null; supersededAt: Date | null };

/**
 * The payment that an order shows: the one that paid it, even if another was paid later; else a paid one; else a
 * refunded one; else the newest that is not superseded. The list of orders has the same rule in SQL
 * (db/queries/dashboard/orders.ts).
 */
export function currentPayment<One extends Attempt>(
  order: { paidAt: Date | null },
  newestFirst: readonly One[],
): One | undefined {
  const paid = newestFirst.filter(({ status }) => status === "paid");
  return (
    paid.find(({ paidAt }) => paidAt?.getTime() === order.paidAt?.getTime()) ??
    paid[0] ??
    newestFirst.find(({ status }) => status === "refunded") ??
    newestFirst.find(({ supersededAt }) => supersededAt === null)
  );
}
