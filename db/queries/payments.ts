import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import type { InvoiceNumber } from "@/lib/payment/invoice-number";
import type { OrderId } from "@/lib/payment/order-id";
import type { PaymentMeans, PaymentState } from "@/lib/payment/payment";
import type { Db, Tx } from "../database";
import type { PaymentRow } from "./orders";
import { payments } from "../schema";

export const insertPayment = (tx: Tx, payment: typeof payments.$inferInsert): Promise<unknown> =>
  tx.insert(payments).values(payment);

/** Changes a payment's columns. The caller holds the order's lock, or the payment's lease. */
export const savePayment = (tx: Tx, id: string, change: Partial<PaymentRow>): Promise<unknown> =>
  tx.update(payments).set(change).where(eq(payments.id, id));

export async function findPayment(db: Db | Tx, id: string): Promise<PaymentRow | undefined> {
  const [payment] = await db.select().from(payments).where(eq(payments.id, id));
  return payment;
}

/** Whose payment an invoice number is, and when DOKU was last asked about it. */
export async function findAddress(
  db: Db | Tx,
  invoice: InvoiceNumber,
): Promise<{ orderId: OrderId; paymentId: string; checkedAt: Date | null } | undefined> {
  const [found] = await db
    .select({ orderId: payments.orderId, paymentId: payments.id, checkedAt: payments.checkedAt })
    .from(payments)
    .where(eq(payments.invoiceNumber, invoice));
  return found;
}

/** The means a row holds; undefined before DOKU has answered. */
function meansOf(row: Pick<PaymentRow, "paymentCode" | "paymentUrl">): PaymentMeans | undefined {
  if (row.paymentCode !== null) return { kind: "code", code: row.paymentCode };
  return row.paymentUrl === null ? undefined : { kind: "link", url: row.paymentUrl };
}

export type StateColumns = Pick<
  PaymentRow,
  "status" | "paymentCode" | "paymentUrl" | "expiresAt" | "paidAt" | "closedAt" | "failureReason"
>;

/** The state a row is in. The table's CHECKs hold what is asked for here, so a miss is a surprise. */
export function stateOf(row: StateColumns): PaymentState {
  switch (row.status) {
    case "requested":
      return { status: "requested" };
    case "awaiting_payment":
      return { status: "awaiting_payment", means: present(meansOf(row)), expiresAt: present(row.expiresAt) };
    case "paid":
      return { status: "paid", paidAt: present(row.paidAt) };
    case "failed":
      return { status: "failed", at: present(row.closedAt), reason: present(row.failureReason) };
    case "expired":
    case "cancelled":
    case "refunded":
      return { status: row.status, at: present(row.closedAt) };
  }
}

function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined)
    throw new Error("a payment row that its own CHECKs should have refused");
  return value;
}

/** The columns that say a state, the ones it does not speak of left alone: a paid payment keeps its code. */
export function columnsOf(state: PaymentState): Partial<PaymentRow> {
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
 * Takes the right to ask DOKU about a payment. The number it returns fences: who saves under an older one has slept
 * through its lease, and saves nothing.
 */
export async function leasePayment(
  db: Db,
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

/** A bill that DOKU has not heard of: nobody is asked when its time is up. */
const isNeverInquired = sql`${payments.codeKind} = 'dipc' and ${payments.inquiredAt} is null`;

/**
 * Leases payments whose time has come; several processes get distinct ones.
 * @param which those about which DOKU is asked, or the bills that it has not heard of: thousands of a table end at one
 *   moment, and must not keep the others waiting
 */
export async function leaseDuePayments(
  db: Db,
  { which, now, until, limit }: { which: "asked" | "untold"; now: Date; until: Date; limit: number },
): Promise<PaymentRow[]> {
  return db.transaction(async (tx) => {
    const due = tx
      .select({ id: payments.id })
      .from(payments)
      .where(
        and(
          lt(payments.nextCheckAt, now),
          which === "untold" ? isNeverInquired : sql`not (${isNeverInquired})`,
          or(isNull(payments.leasedUntil), lt(payments.leasedUntil, now)),
        ),
      )
      // Behind a backlog nobody who waits for a code may have to stand.
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
 * Makes due what waits for money and was not asked about since: the newest first, and so many in a second that the due of
 * the day find room between them.
 */
export async function bringChecksForward(
  db: Db,
  { now, uncheckedSince, perSecond }: { now: Date; uncheckedSince: Date; perSecond: number },
): Promise<void> {
  const inTurn = sql`${now.toISOString()}::timestamptz + (row_number() over (order by ${payments.createdAt} desc) - 1)
    * interval '1 second' / ${perSecond}`;
  await db.execute(sql`
    update payments set next_check_at = swept.at
    from (
      select id, ${inTurn} as at from payments
      where status = 'awaiting_payment' and next_check_at > ${now.toISOString()}::timestamptz and not (${isNeverInquired})
        and coalesce(checked_at, created_at) < ${uncheckedSince.toISOString()}::timestamptz
    ) swept
    where payments.id = swept.id and payments.next_check_at > swept.at`);
}

/** The order of a payment code or invoice number, for whoever holds a receipt. */
export async function findLivePayment(db: Db | Tx, orderId: OrderId): Promise<PaymentRow | undefined> {
  const [payment] = await db
    .select()
    .from(payments)
    .where(
      sql`${payments.orderId} = ${orderId} and ${payments.status} in ('requested', 'awaiting_payment') and ${payments.supersededAt} is null`,
    );
  return payment;
}
