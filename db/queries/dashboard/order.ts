import { asc, desc, eq, getTableColumns, inArray, or } from "drizzle-orm";
import { parseActor } from "@/lib/payment/attribution";
import type { RecordedAttribution } from "@/lib/payment/attribution";
import type { OrderId } from "@/lib/payment/order-id";
import { toAttribution } from "@/db/attribution";
import { listChanges } from "../changes";
import type { ChangeRow } from "../changes";
import { listOrderEmails } from "../emails";
import type { EmailRow } from "../emails";
import { listPaymentInquiries } from "./inquiries";
import type { InquiryRow } from "./inquiries";
import type { Db, Tx } from "@/db/database";
import { readAtOnce } from "@/db/rows";
import { StaffUser } from "../staff";
import type { PaymentClaimRow } from "../payment-claims";
import { findOrder, listItems, listPayments } from "../orders";
import type { OrderItemRow, OrderRow, PaymentRow } from "../orders";
import {
  cases,
  notificationMatches,
  notifications,
  paymentClaims,
  paymentEvents,
  receiptConfirmations,
  receipts,
  users,
} from "@/db/schema";
import type { NameAndValue } from "@/db/schema";

/** `matchedAt`: when an orphan was matched with its order. */
export type DeliveryRow = typeof notifications.$inferSelect & { matchedAt: Date | null };
export type EventRow = Omit<typeof paymentEvents.$inferSelect, keyof RecordedAttribution | "cause"> &
  RecordedAttribution;
export type ListedChange = Omit<ChangeRow, keyof RecordedAttribution | "cause"> & RecordedAttribution;
/** `confirmed`: the notification that confirmed a receipt from a status check. */
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
  /** Requested changes of their codes, newest first. */
  changes: ListedChange[];
  /** By time of payment. */
  receipts: ReceiptRow[];
  /** By version of the order. */
  events: EventRow[];
  /** Every notification about it, newest first. */
  deliveries: DeliveryRow[];
  /** The newest inquiries about its bills. */
  inquiries: { list: InquiryRow[]; areMore: boolean };
  /** To the shopper, in the sequence in which they were made. */
  emails: EmailRow[];
  /** Open ones first. */
  cases: CaseRow[];
  /** What a shopper said who says that they have paid; each belongs to a case. */
  claims: PaymentClaimRow[];
  /** Names of the staff in its history, by id; without those who have left. */
  staff: Map<string, string>;
};

/**
 * Loads an order as of one moment, so that all parts of the page agree.
 * @returns undefined when there is no such order
 */
export async function loadOrderForStaff(
  db: Db,
  merchant: StaffUser,
  id: OrderId,
): Promise<MerchantOrder | undefined> {
  StaffUser.check(merchant);
  return readAtOnce(db, async (tx) => {
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
      emails: await listOrderEmails(tx, id),
      inquiries: await listNewestInquiries(tx, paymentIds),
      cases: await tx
        .select()
        .from(cases)
        .where(eq(cases.orderId, id))
        .orderBy(desc(cases.closedAt), asc(cases.openedAt)),
      claims: await tx.select().from(paymentClaims).where(eq(paymentClaims.orderId, id)),
    };
  });
}

async function listEvents(tx: Tx, id: OrderId): Promise<EventRow[]> {
  const found = await tx
    .select()
    .from(paymentEvents)
    .where(eq(paymentEvents.orderId, id))
    .orderBy(asc(paymentEvents.version));
  return found.map((event) => withAttribution(event));
}

/** Also for rows from before `actor` and `reason`. */
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

/** As many as the page shows; the list of inquiries has all of them. */
const maxInquiries = 50;

async function listNewestInquiries(tx: Tx, paymentIds: string[]): Promise<MerchantOrder["inquiries"]> {
  const found = await listPaymentInquiries(tx, paymentIds, maxInquiries + 1);
  return { list: found.slice(0, maxInquiries), areMore: found.length > maxInquiries };
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
 * Found by payment or by id, which have indexes: a delivery names its payment, or was matched with it later. A matched
 * one is shown with the verdict of the match.
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
