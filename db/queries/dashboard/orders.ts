import { and, desc, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { caseKinds } from "@/lib/payment/case-kind";
import type { CaseKind } from "@/lib/payment/case-kind";
import { jakartaDate, parseJakartaDigits, toJakartaDigits } from "@/lib/payment/jakarta-time";
import type { OrderId } from "@/lib/payment/order-id";
import type { Rupiah } from "@/lib/payment/rupiah";
import { isOpen, reportedAmountOf } from "../cases";
import { selectMatchingOrderIds } from "./search";
import type { Db } from "@/db/database";
import { StaffUser } from "../staff";
import type { PaymentRow } from "../orders";
import { rows } from "@/db/rows";
import { notifications, orders, payments } from "@/db/schema";

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

/** Orders, newest first. */
export async function listOrders(
  db: Db,
  merchant: StaffUser,
  { query = "", only, now, before, limit }: ListOrders,
): Promise<Page<ListedOrder, OrderId>> {
  StaffUser.check(merchant);
  const meant = query.trim() === "" ? undefined : selectMatchingOrderIds(query);
  if (query.trim() !== "" && !meant) return { items: [], next: undefined };
  const current = currentPayments(db);
  const found = await db
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
      hasSuperseded: sql<boolean>`exists (select 1 from payments s where s.order_id = ${orders.id} and s.superseded_at is not null)`,
      received: sql<
        number | null
      >`nullif(coalesce((select ${reportedAmountOf(sql`c`)} from cases c where c.order_id = ${orders.id}
        and c.kind = 'amount_differs' and c.closed_at is null limit 1), ${current.received}), ${orders.amount})`,
      openCases: sql<string>`coalesce((select string_agg(c.kind, ',') from cases c where c.order_id = ${orders.id} and c.closed_at is null), '')`,
    })
    .from(orders)
    .leftJoinLateral(current, sql`true`)
    .where(
      and(
        meant && sql`${orders.id} in (${meant})`,
        only === "decision" ? hasOpenCase : undefined,
        only === "unclear"
          ? sql`${orders.id} in (select l.order_id from payments l where ${isUnclear(now)})`
          : undefined,
        isBefore(before),
      ),
    )
    // The index is sorted with "nulls last"; without these words it would not be used.
    .orderBy(sql`${orders.createdAt} desc nulls last`, sql`${orders.id} desc nulls last`)
    .limit(limit + 1);
  const items = found.slice(0, limit).map(toListedOrder);
  return { items, next: found.length > limit ? items.at(-1)?.id : undefined };
}

const hasOpenCase = sql`${orders.id} in (select c.order_id from cases c where c.closed_at is null)`;

/**
 * SQL condition on a payment `l`: for more than a day DOKU has not reported its outcome. A reusable code with a receipt
 * is not unclear.
 */
const isUnclear = (now: Date): SQL => {
  const dayAgo = sql`${new Date(now.getTime() - 24 * 60 * 60 * 1000).toISOString()}::timestamptz`;
  return sql`l.status in ('requested', 'awaiting_payment') and l.superseded_at is null
    and coalesce(l.expires_at, l.created_at) < ${dayAgo}
    and not (l.reusable and exists (select 1 from receipts r where r.payment_id = l.id))`;
};

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

/** The totals above the list of orders. */
export type TodaysSummary = {
  /** Receipts since midnight in Jakarta, those of late and double payments included. */
  paid: { sum: number; count: number };
  /** Given back since midnight in Jakarta, by DOKU or by hand; `paid` is what came, and does not shrink. */
  refunded: { sum: number; count: number };
  /** Unpaid orders with a payment that can still be paid. */
  waiting: { sum: number; count: number };
  undecided: { cases: number; orders: number };
  /** Payments whose outcome has been unclear for more than a day (docs/threats-and-invariants.md#f25). */
  unclear: number;
  /** Today's notifications that belong to no order. */
  stray: { orphans: number; rejected: number };
};

/** All totals as of one moment, in one statement. */
export async function loadTodaysSummary(db: Db, merchant: StaffUser, now: Date): Promise<TodaysSummary> {
  StaffUser.check(merchant);
  const [from, to] = dayInJakarta(now).map((date) => sql`${date.toISOString()}::timestamptz`);
  const [totals] = await rows<Record<string, number>>(
    db,
    sql`select p.*, f.*, w.*, u.*, c.*, n.*, m.* from
      (select count(*)::int as paid, coalesce(sum(amount), 0)::float8 as paid_sum
        from receipts where paid_at >= ${from} and paid_at < ${to}) p,
      (select count(*)::int as refunded, coalesce(sum(given_back), 0)::float8 as refunded_sum from (
          select coalesce((select sum(r.amount) from receipts r where r.payment_id = l.id), l.amount) as given_back
            from payments l where l.status = 'refunded' and l.closed_at >= ${from} and l.closed_at < ${to}
          union all
          select ${reportedAmountOf(sql`c`)} from cases c
            where c.returned_on = ${jakartaDate(now)} and c.resolution = 'returned') g) f,
      (select count(*)::int as waiting, coalesce(sum(o.amount), 0)::float8 as waiting_sum
        from payments l join orders o on o.id = l.order_id and o.paid_at is null
        where l.status in ('requested', 'awaiting_payment') and l.superseded_at is null) w,
      (select count(*)::int as unclear from payments l where ${isUnclear(now)}) u,
      (select count(*)::int as cases, count(distinct order_id)::int as orders from cases where ${isOpen}) c,
      (select count(*) filter (where verdict = 'orphan')::int as orphans,
          count(*) filter (where verdict = 'rejected')::int as rejected
        from notifications where received_at >= ${from} and received_at < ${to}) n,
      (select coalesce(sum(count), 0)::float8 as unsigned from unsigned_messages
        where target = 'notifications' and hour >= ${from} and hour < ${to}) m`,
  );
  const getTotal = (name: string) => totals?.[name] ?? 0;
  return {
    paid: { sum: getTotal("paid_sum"), count: getTotal("paid") },
    refunded: { sum: getTotal("refunded_sum"), count: getTotal("refunded") },
    waiting: { sum: getTotal("waiting_sum"), count: getTotal("waiting") },
    undecided: { cases: getTotal("cases"), orders: getTotal("orders") },
    unclear: getTotal("unclear"),
    stray: { orphans: getTotal("orphans"), rejected: getTotal("rejected") + getTotal("unsigned") },
  };
}

/** The day in Jakarta (WIB) of a moment: its midnight and the next. */
export function dayInJakarta(now: Date): [Date, Date] {
  const start = parseJakartaDigits(`${toJakartaDigits(now).slice(0, 8)}000000`);
  if (!start) throw new Error("midnight in Jakarta could not be computed");
  return [start, new Date(start.getTime() + 24 * 60 * 60 * 1000)];
}

export type UnmatchedNotification = Omit<typeof notifications.$inferSelect, "orderId" | "paymentId">;

/** Notifications that belong to no order, newest first. @param before the id of the last one of the page before */
export async function listUnmatchedNotifications(
  db: Db,
  merchant: StaffUser,
  { before, limit }: { before?: string | undefined; limit: number },
): Promise<Page<UnmatchedNotification, string>> {
  StaffUser.check(merchant);
  const found = await db
    .select()
    .from(notifications)
    .where(
      and(
        isNull(notifications.orderId),
        before === undefined
          ? undefined
          : sql`(${notifications.receivedAt}, ${notifications.id}) < (select b.received_at, b.id from notifications b where b.id = ${before}::uuid)`,
      ),
    )
    .orderBy(sql`${notifications.receivedAt} desc nulls last`, sql`${notifications.id} desc nulls last`)
    .limit(limit + 1);
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? items.at(-1)?.id : undefined };
}
