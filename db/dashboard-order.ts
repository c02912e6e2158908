import { asc, desc, eq, inArray } from "drizzle-orm";
import type { OrderId } from "../lib/payment/order-id";
import { listChanges } from "./changes";
import type { ChangeRow } from "./changes";
import type { Db } from "./database";
import { Merchant } from "./merchant";
import { findOrder, listItems, listPayments } from "./orders";
import type { OrderItemRow, OrderRow, PaymentRow } from "./orders";
import { cases, notifications, paymentEvents, receipts } from "./schema";

export type DeliveryRow = typeof notifications.$inferSelect;
export type EventRow = typeof paymentEvents.$inferSelect;
export type ReceiptRow = typeof receipts.$inferSelect;
export type CaseRow = typeof cases.$inferSelect;

/** Everything that is on record about one order. */
export type MerchantOrder = {
  order: OrderRow;
  items: OrderItemRow[];
  /** Newest first. */
  payments: PaymentRow[];
  /** What DOKU was asked to change about their codes, newest first. */
  changes: ChangeRow[];
  /** In the order of payment. */
  receipts: ReceiptRow[];
  /** In the order of the order's versions. */
  events: EventRow[];
  /** Every message of DOKU's about it, newest first. */
  deliveries: DeliveryRow[];
  /** Open ones first. */
  cases: CaseRow[];
};

/**
 * Reads an order as it was at one moment: what stands in one part of the page is true in the others too.
 * @returns undefined when there is no such order
 */
export async function readOrderForMerchant(
  db: Db,
  merchant: Merchant,
  id: OrderId,
): Promise<MerchantOrder | undefined> {
  Merchant.check(merchant);
  return db.transaction(
    async (tx) => {
      const order = await findOrder(tx, id);
      if (!order) return undefined;
      const payments = await listPayments(tx, id);
      const paymentIds = payments.map((payment) => payment.id);
      return {
        order,
        items: await listItems(tx, id),
        payments,
        changes: await listChanges(tx, paymentIds),
        receipts: await tx
          .select()
          .from(receipts)
          .where(eq(receipts.orderId, id))
          .orderBy(asc(receipts.paidAt), asc(receipts.id)),
        events: await tx
          .select()
          .from(paymentEvents)
          .where(eq(paymentEvents.orderId, id))
          .orderBy(asc(paymentEvents.version)),
        // By payment, because that is what the index holds; a delivery of an order always names its payment.
        deliveries: await tx
          .select()
          .from(notifications)
          .where(inArray(notifications.paymentId, paymentIds))
          .orderBy(desc(notifications.receivedAt), desc(notifications.id)),
        cases: await tx
          .select()
          .from(cases)
          .where(eq(cases.orderId, id))
          .orderBy(desc(cases.closedAt), asc(cases.openedAt)),
      };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}
