import { asc, desc, eq, getTableColumns, inArray, or } from "drizzle-orm";
import type { OrderId } from "@/lib/payment/order-id";
import { listChanges } from "../changes";
import type { ChangeRow } from "../changes";
import { listInquiriesOf } from "./inquiries";
import type { InquiryRow } from "./inquiries";
import type { Db, Tx } from "@/db/database";
import { Merchant } from "../merchant";
import { findOrder, listItems, listPayments } from "../orders";
import type { OrderItemRow, OrderRow, PaymentRow } from "../orders";
import {
  cases,
  notificationMatches,
  notifications,
  paymentEvents,
  receiptConfirmations,
  receipts,
} from "@/db/schema";
import type { NameAndValue } from "@/db/schema";

/** `matchedAt` of one that came before its order was here, and found it later. */
export type DeliveryRow = typeof notifications.$inferSelect & { matchedAt: Date | null };
export type EventRow = typeof paymentEvents.$inferSelect;
/** `confirmed`: what the notification added to a receipt that a status check had brought before. */
export type ReceiptRow = typeof receipts.$inferSelect & {
  confirmed: { at: Date; identifiers: NameAndValue[] } | null;
};
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
  /** What tills asked about its bills, the newest of it. */
  inquiries: { list: InquiryRow[]; areMore: boolean };
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
        receipts: await listReceipts(tx, id),
        events: await tx
          .select()
          .from(paymentEvents)
          .where(eq(paymentEvents.orderId, id))
          .orderBy(asc(paymentEvents.version)),
        deliveries: await listDeliveries(tx, paymentIds),
        inquiries: await newestInquiries(tx, paymentIds),
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

/** No more than a page can hold; all of them stand in the list of inquiries. */
const mostInquiries = 50;

async function newestInquiries(tx: Tx, paymentIds: string[]): Promise<MerchantOrder["inquiries"]> {
  const found = await listInquiriesOf(tx, paymentIds, mostInquiries + 1);
  return { list: found.slice(0, mostInquiries), areMore: found.length > mostInquiries };
}

const listReceipts = (tx: Tx, id: OrderId): Promise<ReceiptRow[]> =>
  tx
    .select({
      ...getTableColumns(receipts),
      confirmed: { at: receiptConfirmations.createdAt, identifiers: receiptConfirmations.identifiers },
    })
    .from(receipts)
    .leftJoin(receiptConfirmations, eq(receiptConfirmations.receiptId, receipts.id))
    .where(eq(receipts.orderId, id))
    .orderBy(asc(receipts.paidAt), asc(receipts.id));

/**
 * By payment or by id, because that is what the indexes hold: a delivery of an order names its payment, or was matched
 * with it later. A matched one is shown with what became of it then.
 */
async function listDeliveries(tx: Tx, paymentIds: string[]): Promise<DeliveryRow[]> {
  const matches = await tx
    .select()
    .from(notificationMatches)
    .where(inArray(notificationMatches.paymentId, paymentIds));
  const byId = new Map(matches.map((match) => [match.notificationId, match]));
  const found = await tx
    .select()
    .from(notifications)
    .where(or(inArray(notifications.paymentId, paymentIds), inArray(notifications.id, [...byId.keys()])))
    .orderBy(desc(notifications.receivedAt), desc(notifications.id));
  return found.map((delivery) => {
    const match = byId.get(delivery.id);
    return {
      ...delivery,
      ...(match && { verdict: match.verdict, reason: match.reason, paymentId: match.paymentId }),
      matchedAt: match?.matchedAt ?? null,
    };
  });
}
