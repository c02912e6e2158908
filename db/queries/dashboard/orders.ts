import { desc, eq, inArray, isNull, or, and, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { caseKinds } from "@/lib/payment/case-kind";
import type { CaseKind } from "@/lib/payment/case-kind";
import type { OrderId } from "@/lib/payment/order-id";
import type { Rupiah } from "@/lib/payment/rupiah";
import { selectReportedAmount } from "../cases";
import { findMatchingOrders } from "./search";
import { findUnclearOrders } from "./unclear";
import type { Db } from "@/db/database";
import { StaffUser } from "../staff";
import type { PaymentRow } from "../orders";
import { isOneOf } from "@/db/rows";
import { orders, payments } from "@/db/schema";

/** A line of the merchant's list of orders. */
export type ListedOrder = {
  id: OrderId;
  amount: Rupiah;
  /** What came in, where it is not the amount: the money in question, else the receipts of the payment; else null. */
  received: number | null;
  customerName: string | null;
  createdAt: Date;
  /** The current payment: the paid one, else the refunded one, else the newest that is not superseded. */
  payment: ListedPayment | null;
  /** One of its payments was superseded by another method, and may still be paid. */
  hasSuperseded: boolean;
  openCases: CaseKind[];
};

export type ListedPayment = Pick<
  PaymentRow,
  | "invoiceNumber"
  | "channel"
  | "status"
  | "paymentCode"
  | "expiresAt"
  | "paidAt"
  | "paidLate"
  | "failureReason"
>;

export type OrderFilter = "decision" | "unclear";

export type ListOrders = {
  /** What to search for; then `only` does not count. */
  query?: string | undefined;
  /** Only orders with an open case, or with a payment whose outcome has long been unclear. */
  only?: OrderFilter | undefined;
  now: Date;
  /** The last order of the page before. */
  before?: OrderId | undefined;
  limit: number;
};

/** `next` continues the list; undefined at its end. */
export type Page<Item, Key> = { items: Item[]; next: Key | undefined };

/** Orders, newest first; those of unclear payments by the end of their time, the last one first. */
export async function listOrders(
  db: Db,
  merchant: StaffUser,
  { query, only, now, before, limit }: ListOrders,
): Promise<Page<ListedOrder, OrderId>> {
  StaffUser.check(merchant);
  const wanted = { query, only, now, before, limit: limit + 1 };
  const found = await loadOrders(db, await findListedOrders(db, wanted));
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? items.at(-1)?.id : undefined };
}

/** The ids first, so that the details are looked up for the orders of the page alone. */
async function findListedOrders(db: Db, { query = "", only, now, ...page }: ListOrders): Promise<OrderId[]> {
  if (query.trim() !== "") return findMatchingOrders(db, query, page);
  if (only === "unclear") return findUnclearOrders(db, now, page);
  const found = await db
    .select({ id: orders.id })
    .from(orders)
    .where(and(only === "decision" ? hasOpenCase : undefined, isBefore(page.before)))
    // The index is sorted with "nulls last"; without these words it would not be used.
    .orderBy(sql`${orders.createdAt} desc nulls last`, sql`${orders.id} desc nulls last`)
    .limit(page.limit);
  return found.map(({ id }) => id);
}

/** In the order of their ids here. */
async function loadOrders(db: Db, ids: readonly OrderId[]): Promise<ListedOrder[]> {
  const found = await selectOrders(db).where(isOneOf(orders.id, ids));
  const byId = new Map(found.map((order) => [order.id, toListedOrder(order)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function selectOrders(db: Db) {
  const current = currentPayments(db);
  return db
    .select({
      id: orders.id,
      amount: orders.amount,
      customerName: orders.customerName,
      createdAt: orders.createdAt,
      invoiceNumber: current.invoiceNumber,
      channel: current.channel,
      status: current.status,
      paymentCode: current.paymentCode,
      expiresAt: current.expiresAt,
      paidAt: current.paidAt,
      paidLate: current.paidLate,
      failureReason: current.failureReason,
      // Not `exists`, which PostgreSQL answers here by reading all payments once.
      hasSuperseded: sql<boolean>`coalesce((select true from payments s
        where s.order_id = ${orders.id} and s.superseded_at is not null limit 1), false)`,
      received: sql<
        number | null
      >`nullif(coalesce((select ${selectReportedAmount(sql`c`)} from cases c where c.order_id = ${orders.id}
        and c.kind = 'amount_differs' and c.closed_at is null limit 1), ${current.received}), ${orders.amount})`,
      openCases: sql<string>`coalesce((select string_agg(c.kind, ',') from cases c where c.order_id = ${orders.id} and c.closed_at is null), '')`,
    })
    .from(orders)
    .leftJoinLateral(current, sql`true`)
    .$dynamic();
}

/** As an array, which is read first: there are few open cases, and very many orders. */
const hasOpenCase = sql`${orders.id} = any(array(select c.order_id from cases c where c.closed_at is null))`;

/** The order's id is the cursor; its time is compared in the database, to the microsecond. */
const isBefore = (before: OrderId | undefined): SQL | undefined =>
  before &&
  sql`(${orders.createdAt}, ${orders.id}) < (select b.created_at, b.id from orders b where b.id = ${before})`;

const currentPayments = (db: Db) =>
  db
    .select({
      invoiceNumber: payments.invoiceNumber,
      channel: payments.channel,
      status: payments.status,
      paymentCode: payments.paymentCode,
      expiresAt: payments.expiresAt,
      paidAt: payments.paidAt,
      paidLate: payments.paidLate,
      failureReason: payments.failureReason,
      received: sql<
        number | null
      >`(select sum(r.amount)::float8 from receipts r where r.payment_id = payments.id
        and not payments.reusable and payments.status = 'paid')`.as("received"),
    })
    .from(payments)
    .where(
      and(
        eq(payments.orderId, orders.id),
        or(inArray(payments.status, ["paid", "refunded"]), isNull(payments.supersededAt)),
      ),
    )
    .orderBy(
      // The same rule as lib/payment/current-payment.ts.
      sql`case ${payments.status} when 'paid' then 0 when 'refunded' then 1 else 2 end`,
      sql`${payments.status} = 'paid' and ${payments.paidAt} is distinct from ${orders.paidAt}`,
      desc(payments.attempt),
    )
    .limit(1)
    .as("current");

type Nullable<T> = { [Key in keyof T]: T[Key] | null };
type FoundOrder = Omit<ListedOrder, "payment" | "openCases"> &
  Nullable<ListedPayment> & { openCases: string };

function toListedOrder(found: FoundOrder): ListedOrder {
  const { id, amount, received, customerName, createdAt, hasSuperseded, openCases, ...payment } = found;
  const { invoiceNumber, channel, status, paidLate } = payment;
  const isThere = invoiceNumber !== null && channel !== null && status !== null && paidLate !== null;
  const open = new Set(openCases.split(","));
  return {
    ...{ id, amount, received, customerName, createdAt, hasSuperseded },
    payment: isThere ? { ...payment, invoiceNumber, channel, status, paidLate } : null,
    openCases: caseKinds.filter((kind) => open.has(kind)),
  };
}
