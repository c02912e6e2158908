import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import type { InvoiceNumber } from "@/lib/payment/invoice-number";
import type { OrderId } from "@/lib/payment/order-id";
import type { PaymentMeans, PaymentState } from "@/lib/payment/payment";
import type { Db, Tx } from "../database";
import type { PaymentRow } from "./orders";
import { payments } from "../schema";

export async function insertPayment(tx: Tx, payment: typeof payments.$inferInsert): Promise<PaymentRow> {
  const [inserted] = await tx.insert(payments).values(payment).returning();
  if (!inserted) throw new Error("a payment was not inserted");
  return inserted;
}

/** Changes a payment's columns. The caller holds the order's lock, or the payment's lease. */
export const savePayment = (tx: Tx, id: string, change: Partial<PaymentRow>): Promise<unknown> =>
  tx.update(payments).set(change).where(eq(payments.id, id));

export async function findPayment(db: Db | Tx, id: string): Promise<PaymentRow | undefined> {
  const [payment] = await db.select().from(payments).where(eq(payments.id, id));
  return payment;
}

/** The payment with an invoice number, its order, and when its status was last checked. */
export async function findPaymentByInvoice(
  db: Db | Tx,
  invoice: InvoiceNumber,
): Promise<{ orderId: OrderId; paymentId: string; checkedAt: Date | null } | undefined> {
  const [found] = await db
    .select({ orderId: payments.orderId, paymentId: payments.id, checkedAt: payments.checkedAt })
    .from(payments)
    .where(eq(payments.invoiceNumber, invoice));
  return found;
}

/** The code or page of a row; undefined before DOKU has answered. */
function toMeans(row: Pick<PaymentRow, "paymentCode" | "paymentUrl">): PaymentMeans | undefined {
  if (row.paymentCode !== null) return { kind: "code", code: row.paymentCode };
  return row.paymentUrl === null ? undefined : { kind: "link", url: row.paymentUrl };
}

export type StateColumns = Pick<
  PaymentRow,
  "status" | "paymentCode" | "paymentUrl" | "expiresAt" | "paidAt" | "closedAt" | "failureReason"
>;

/** The state of a row. CHECK constraints guarantee the columns of each state. */
export function toPaymentState(row: StateColumns): PaymentState {
  switch (row.status) {
    case "requested":
      return { status: "requested" };
    case "awaiting_payment":
      return {
        status: "awaiting_payment",
        means: requirePresent(toMeans(row)),
        expiresAt: requirePresent(row.expiresAt),
      };
    case "paid":
      return { status: "paid", paidAt: requirePresent(row.paidAt) };
    case "failed":
      return {
        status: "failed",
        at: requirePresent(row.closedAt),
        reason: requirePresent(row.failureReason),
      };
    case "expired":
    case "cancelled":
    case "refunded":
      return { status: row.status, at: requirePresent(row.closedAt) };
  }
}

function requirePresent<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error("a payment row that breaks a CHECK constraint");
  return value;
}

/** The columns of a state. Others are left out and so stay unchanged: a paid payment keeps its code. */
export function toStateColumns(state: PaymentState): Partial<PaymentRow> {
  switch (state.status) {
    case "requested":
      return { status: state.status };
    case "awaiting_payment":
      return {
        status: state.status,
        expiresAt: state.expiresAt,
        paymentCode: state.means.kind === "code" ? state.means.code : null,
        paymentUrl: state.means.kind === "link" ? state.means.url : null,
      };
    case "paid":
      return { status: state.status, paidAt: state.paidAt, failureReason: null };
    case "failed":
      return { status: state.status, closedAt: state.at, failureReason: state.reason };
    case "expired":
    case "cancelled":
    case "refunded":
      return { status: state.status, closedAt: state.at, failureReason: null };
  }
}

/**
 * Leases a payment for calls to DOKU. `lease` is a fencing number: a process whose lease is no longer the newest must
 * not save its result.
 */
export async function leasePayment(
  db: Db | Tx,
  id: string,
  now: Date,
  until: Date,
): Promise<PaymentRow | undefined> {
  const [leased] = await db
    .update(payments)
    .set({ leasedUntil: until, lease: sql`${payments.lease} + 1` })
    .where(and(eq(payments.id, id), or(isNull(payments.leasedUntil), lt(payments.leasedUntil, now))))
    .returning();
  return leased;
}

/** A bill that DOKU never inquired about: it expires without a status check. */
const isNeverInquired = sql`${payments.codeKind} = 'dipc' and ${payments.inquiredAt} is null`;

/**
 * Leases payments that are due; several processes get different ones.
 * @param which payments that DOKU is asked about, or bills that it never inquired about: thousands of imported bills
 * may expire at one moment and must not delay the others
 */
export async function leaseDuePayments(
  db: Db,
  {
    which,
    now,
    until,
    limit,
  }: { which: "at_doku" | "never_inquired"; now: Date; until: Date; limit: number },
): Promise<PaymentRow[]> {
  return db.transaction(async (tx) => {
    const due = tx
      .select({ id: payments.id })
      .from(payments)
      .where(
        and(
          lt(payments.nextCheckAt, now),
          which === "never_inquired" ? isNeverInquired : sql`not (${isNeverInquired})`,
          or(isNull(payments.leasedUntil), lt(payments.leasedUntil, now)),
        ),
      )
      // A shopper waits for the code of a `requested` payment, so these come before any backlog.
      .orderBy(sql`${payments.status} <> 'requested'`, payments.nextCheckAt)
      .limit(limit)
      .for("update", { skipLocked: true });
    return tx
      .update(payments)
      .set({ leasedUntil: until, lease: sql`${payments.lease} + 1` })
      .where(sql`${payments.id} in (${due})`)
      .returning();
  });
}

/**
 * Reschedules payments that await money and were not checked since: newest first, and spread over time, so that checks
 * that are due anyway find room between them.
 */
export async function rescheduleUnchecked(
  db: Db,
  { now, uncheckedSince, perSecond }: { now: Date; uncheckedSince: Date; perSecond: number },
): Promise<void> {
  const inTurn = sql`${now.toISOString()}::timestamptz + (row_number() over (order by ${payments.createdAt} desc) - 1)
    * interval '1 second' / ${perSecond}`;
  await db.execute(sql`
    update payments set next_check_at = rescheduled.at
    from (
      select id, ${inTurn} as at from payments
      where status = 'awaiting_payment' and next_check_at > ${now.toISOString()}::timestamptz and not (${isNeverInquired})
        and coalesce(checked_at, created_at) < ${uncheckedSince.toISOString()}::timestamptz
    ) rescheduled
    where payments.id = rescheduled.id and payments.next_check_at > rescheduled.at`);
}

/** The payment of an order that can still be paid and is not superseded; at most one. */
export async function findLivePayment(db: Db | Tx, orderId: OrderId): Promise<PaymentRow | undefined> {
  const [payment] = await db
    .select()
    .from(payments)
    .where(
      sql`${payments.orderId} = ${orderId} and ${payments.status} in ('requested', 'awaiting_payment') and ${payments.supersededAt} is null`,
    );
  return payment;
}

/** What the merchant asked for when it made an order, for every attempt to pay it. */
export type MerchantTerms = Pick<PaymentRow, "terms" | "expiresInMinutes">;

/**
 * undefined for a shopper's order. The first attempt is the merchant's own; a later one may carry fewer terms, or have
 * texts that were changed since.
 */
export async function findMerchantTerms(db: Db | Tx, orderId: OrderId): Promise<MerchantTerms | undefined> {
  const attempts = await db
    .select({ terms: payments.terms, expiresInMinutes: payments.expiresInMinutes })
    .from(payments)
    .where(
      sql`${payments.orderId} = ${orderId} and exists (select 1 from payment_events e where e.order_id = ${orderId}
        and e.kind = 'order_placed' and coalesce(e.actor, e.cause) <> 'shopper')`,
    )
    .orderBy(payments.attempt);
  const [first] = attempts;
  return first && { ...first, terms: { ...first.terms, ...attempts.at(-1)?.terms } };
}
