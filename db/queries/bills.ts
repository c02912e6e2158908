import { sql } from "drizzle-orm";
import type { Attribution } from "@/lib/payment/attribution";
import type { OrderId } from "@/lib/payment/order-id";
import type { PaymentCode } from "@/lib/payment/payment-code";
import type { Rupiah } from "@/lib/payment/rupiah";
import { toAttributionColumns } from "../attribution";
import type { Page } from "./dashboard/orders";
import type { Db, Tx } from "../database";
import { StaffUser } from "./staff";
import { isOneOf } from "../rows";
import { isBill, orderItems, orders, paymentEvents, payments } from "../schema";
import type { billStatuses } from "../schema";

/** The codes that an open bill or another open merchant code already has. */
export async function findTakenCodes(db: Db | Tx, codes: readonly PaymentCode[]): Promise<Set<PaymentCode>> {
  if (codes.length === 0) return new Set();
  const taken = await db
    .select({ code: payments.paymentCode })
    .from(payments)
    .where(
      sql`${isOneOf(payments.paymentCode, codes)} and ${payments.codeKind} <> 'dgpc'
        and ${payments.status} in ('requested', 'awaiting_payment')`,
    );
  return new Set(taken.flatMap(({ code }) => (code === null ? [] : [code])));
}

export type NewBill = {
  order: typeof orders.$inferInsert;
  item: typeof orderItems.$inferInsert;
  payment: typeof payments.$inferInsert;
  events: (Omit<typeof paymentEvents.$inferInsert, "cause" | keyof Attribution> & Attribution)[];
};

/** Inserts many bills with few statements. @throws a unique violation when one of their codes was taken meanwhile */
export async function insertBills(tx: Tx, bills: readonly NewBill[]): Promise<void> {
  await tx.insert(orders).values(bills.map(({ order }) => order));
  await tx.insert(orderItems).values(bills.map(({ item }) => item));
  await tx.insert(payments).values(bills.map(({ payment }) => payment));
  const events = bills.flatMap((bill) => bill.events);
  await tx
    .insert(paymentEvents)
    .values(events.map((event) => ({ ...event, ...toAttributionColumns(event) })));
}

/** A bill for direct inquiry, as the list shows it. */
export type ListedBill = {
  id: string;
  orderId: OrderId;
  code: PaymentCode | null;
  amount: Rupiah;
  customerName: string | null;
  description: string | null;
  status: (typeof payments.$inferSelect)["status"];
  expiresAt: Date | null;
  supersededAt: Date | null;
  paidAt: Date | null;
  paidLate: boolean;
  failureReason: (typeof payments.$inferSelect)["failureReason"];
  inquiredAt: Date | null;
  createdAt: Date;
};

export type BillFilter = "all" | keyof typeof billStatuses;

/** Newest first. @param before the id of the last one of the page before */
export async function listBills(
  db: Db,
  merchant: StaffUser,
  { before, filter, limit }: { before?: string | undefined; filter: BillFilter; limit: number },
): Promise<Page<ListedBill, string>> {
  StaffUser.check(merchant);
  const found = await db
    .select({
      id: payments.id,
      orderId: payments.orderId,
      code: payments.paymentCode,
      amount: payments.amount,
      customerName: orders.customerName,
      description: sql<
        string | null
      >`(select i.name_id from order_items i where i.order_id = ${payments.orderId} and i.position = 0)`,
      status: payments.status,
      expiresAt: payments.expiresAt,
      supersededAt: payments.supersededAt,
      paidAt: payments.paidAt,
      paidLate: payments.paidLate,
      failureReason: payments.failureReason,
      inquiredAt: payments.inquiredAt,
      createdAt: payments.createdAt,
    })
    .from(payments)
    .innerJoin(orders, sql`${orders.id} = ${payments.orderId}`)
    .where(
      sql`${isBill(payments, filter === "all" ? undefined : filter)} and ${
        before === undefined
          ? sql`true`
          : sql`(${payments.createdAt}, ${payments.id}) < (select b.created_at, b.id from payments b where b.id = ${before}::uuid)`
      }`,
    )
    .orderBy(sql`${payments.createdAt} desc nulls last`, sql`${payments.id} desc nulls last`)
    .limit(limit + 1);
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? items.at(-1)?.id : undefined };
}
