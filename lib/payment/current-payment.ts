import type { PaymentStatus } from "./payment";

type Attempt = { status: PaymentStatus; paidAt: Date | null; supersededAt: Date | null };

/**
 * The attempt that stands for an order: the one that paid it, though another was paid since, else one that is paid, else
 * refunded, else the newest that nothing has taken the place of. The list of orders asks for the same in SQL
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
