import type { CaseRow, EventRow, MerchantOrder } from "@/db/queries/dashboard/order";
import { currentPayment } from "@/lib/payment/current-payment";
import { parseDetail } from "./event-detail";

/**
 * What DOKU reported last about a case, from its newest event, as in db/queries/cases.ts; null when that was no amount.
 */
export function findReportedMoney(
  { kind, paymentId }: Pick<CaseRow, "kind" | "paymentId">,
  events: readonly EventRow[],
): number | null {
  const isOfCase = (event: EventRow) =>
    event.paymentId === paymentId && parseDetail(event.detail).cases?.includes(kind) === true;
  return parseDetail(events.findLast(isOfCase)?.detail).amount ?? null;
}

/**
 * What came in for the order, where it is not its amount: the money in question, else what is on record for the payment
 * that the order shows. undefined where there is nothing to say.
 */
export function findOtherAmount(
  found: Pick<MerchantOrder, "order" | "payments" | "receipts" | "cases" | "events">,
): number | undefined {
  const { order, payments, receipts, cases, events } = found;
  const open = cases.find(({ kind, closedAt }) => kind === "amount_differs" && closedAt === null);
  const payment = currentPayment(order, payments);
  const own = receipts.filter(({ paymentId }) => paymentId === payment?.id);
  const onRecord = payment?.status === "paid" && !payment.reusable && own.length > 0;
  const came = open
    ? findReportedMoney(open, events)
    : onRecord
      ? own.reduce((sum, { amount }) => sum + amount, 0)
      : null;
  return came === null || came === order.amount ? undefined : came;
}
