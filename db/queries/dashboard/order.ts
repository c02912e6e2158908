import { asc, desc, eq, getTableColumns, inArray, or } from "drizzle-orm";
import { parseActor } from "@/lib/payment/attribution";
import type { RecordedAttribution } from "@/lib/payment/attribution";
import type { OrderId } from "@/lib/payment/order-id";
import { toAttribution } from "@/db/attribution";
import { listChanges } from "../changes";
import type { ChangeRow } from "../changes";
import { listInquiriesOf } from "./inquiries";
import type { InquiryRow } from "./inquiries";
import type { Db, Tx } from "@/db/database";
import { StaffUser } from "../merchant";
import { findOrder, listItems, listPayments } from "../orders";
import type { OrderItemRow, OrderRow, PaymentRow } from "../orders";
import {
  cases,
  notificationMatches,
  notifications,
  paymentEvents,
  receiptConfirmations,
  receipts,
  users,
} from "@/db/schema";
import type { NameAndValue } from "@/db/schema";

/** `matchedAt` of one that came before its order was here, and found it later. */
export type DeliveryRow = typeof notifications.$inferSelect & { matchedAt: Date | null };
export type EventRow = Omit<typeof paymentEvents.$inferSelect, keyof RecordedAttribution | "cause"> &
  RecordedAttribution;
export type ListedChange = Omit<ChangeRow, keyof RecordedAttribution | "cause"> & RecordedAttribution;
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
  changes: ListedChange[];
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
  /** The names of the staff who did something about it, by id; of a person who has left there is none. */
  staff: Map<string, string>;
};

/**
 * Reads an order as it was at one moment: what stands in one part of the page is true in the others too.
 * @returns undefined when there is no such order
 */
export async function readOrderForMerchant(
  db: Db,
  merchant: StaffUser,
  id: OrderId,
): Promise<MerchantOrder | undefined> {
  StaffUser.check(merchant);
  return db.transaction(
    async (tx) => {
      const order = await findOrder(tx, id);
      if (!order) return undefined;
      const payments = await listPayments(tx, id);
      const paymentIds = payments.map((payment) => payment.id);
      const events = await listEvents(tx, id);
      const changes = (await listChanges(tx, paymentIds)).map((change) => withAttribution(change));
      return {
        order,
        items: await listItems(tx, id),
        payments,
        changes,
        receipts: await listReceipts(tx, id),
        events,
        staff: await findStaffNames(tx, [...events, ...changes]),
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

async function listEvents(tx: Tx, id: OrderId): Promise<EventRow[]> {
  const found = await tx
    .select()
    .from(paymentEvents)
    .where(eq(paymentEvents.orderId, id))
    .orderBy(asc(paymentEvents.version));
  return found.map((event) => withAttribution(event));
}

/** Rows from before `actor` and `reason` are read like all others. */
function withAttribution<Row extends Parameters<typeof toAttribution>[0]>(row: Row) {
  const { actor: _actor, reason: _reason, cause: _cause, ...rest } = row;
  return { ...rest, ...toAttribution(row) };
}

async function findStaffNames(
  tx: Tx,
  attributed: readonly RecordedAttribution[],
): Promise<Map<string, string>> {
  const ids = attributed.flatMap(({ actor }) => {
    const { kind, id } = parseActor(actor);
    return kind === "staff" && id !== undefined ? [id] : [];
  });
  const found = await tx
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(inArray(users.id, [...new Set(ids)]));
  return new Map(found.map(({ id, name }) => [id, name]));
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
