import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { acquirerIdsOf } from "@/lib/payment/acquirer-ids";
import type { AmountChange } from "@/lib/payment/amounts";
import type { Unconfirmed } from "@/lib/payment/decide";
import type { InvoiceNumber } from "@/lib/payment/invoice-number";
import type { OrderId } from "@/lib/payment/order-id";
import type { Means, PaymentState } from "@/lib/payment/payment";
import type { Reviewed } from "@/lib/payment/reviewed";
import type { Rupiah } from "@/lib/payment/rupiah";
import type { Db, Tx } from "../database";
import type { PaymentRow } from "./orders";
import { orders, payments } from "../schema";
import type { NameAndValue } from "../schema";

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
function meansOf(row: Pick<PaymentRow, "paymentCode" | "paymentUrl">): Means | undefined {
  if (row.paymentCode !== null) return { kind: "code", code: row.paymentCode };
  return row.paymentUrl === null ? undefined : { kind: "link", url: row.paymentUrl };
}

type StateColumns = Pick<
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

/** What is on record about an invoice when DOKU speaks of it. `version` is the order's: a write proves nothing moved. */
export type Snapshot = {
  payment: StateColumns &
    Pick<
      PaymentRow,
      | "id"
      | "orderId"
      | "channel"
      | "amount"
      | "reusable"
      | "codeKind"
      | "inquiredAt"
      | "supersededAt"
      | "tries"
    >;
  version: number;
  /** Of the amount, oldest first, those that DOKU made or may have made: an answer that was lost may have been a yes. */
  amountChanges: AmountChange[];
  receiptCount: number;
  includesThis: boolean;
  /** The receipt that a status check brought, while no notification has confirmed it. */
  unconfirmed: Unconfirmed | undefined;
  orderPaidByAnother: boolean;
  /** What a person was asked about this payment, by the events that opened its cases. */
  reviewed: Reviewed[];
};

/** A list for PostgreSQL as one parameter, so that its length makes no other statement. The texts need no quoting. */
const listOf = (texts: readonly string[]): string => `{${texts.join(",")}}`;
const invoices = sql`${sql.placeholder("invoices")}::text[]`;
const identities = sql`${sql.placeholder("identities")}::text[]`;

/** A change of the amount as JSON has it. */
type ToldChange = { from: Rupiah; to: Rupiah; askedAt: string; settledAt: string | null };
const changeOf = ({ askedAt, settledAt, ...amounts }: ToldChange): AmountChange => ({
  ...amounts,
  askedAt: new Date(askedAt),
  settledAt: settledAt === null ? undefined : new Date(settledAt),
});

type ToldReceipt = { identity: string; paidAt: string; identifiers: NameAndValue[] };
const unconfirmedOf = ({ identity, paidAt, identifiers }: ToldReceipt): Unconfirmed => ({
  identity,
  paidAt: new Date(paidAt),
  acquirerIds: acquirerIdsOf(identifiers),
});

/** What lib/operations/notifications/apply-fact.ts writes into the event of a review; `amount` null when it could not be read. */
type ToldReview = {
  cases: [Reviewed["case"]];
  source: Reviewed["source"];
  identity: string;
  acquirerIds: string;
  amount: Rupiah | null;
  saidAt: string;
};
const reviewedOf = ({
  cases: [kind],
  amount,
  saidAt,
  source,
  identity,
  acquirerIds,
}: ToldReview): Reviewed => ({
  ...{ case: kind, source, identity, acquirerIds },
  amount: amount ?? undefined,
  at: new Date(saidAt),
});

const receiptsOf = (what: SQL) =>
  sql`(select ${what} from receipts r left join receipt_confirmations k on k.receipt_id = r.id where r.payment_id = ${payments.id})`;

const snapshotsIn = (db: Db | Tx) =>
  db
    .select({
      invoice: payments.invoiceNumber,
      payment: {
        id: payments.id,
        orderId: payments.orderId,
        channel: payments.channel,
        amount: payments.amount,
        reusable: payments.reusable,
        codeKind: payments.codeKind,
        inquiredAt: payments.inquiredAt,
        status: payments.status,
        paymentCode: payments.paymentCode,
        paymentUrl: payments.paymentUrl,
        expiresAt: payments.expiresAt,
        paidAt: payments.paidAt,
        closedAt: payments.closedAt,
        failureReason: payments.failureReason,
        supersededAt: payments.supersededAt,
        tries: payments.tries,
      },
      version: orders.version,
      amountChanges: sql<ToldChange[]>`(select coalesce(jsonb_agg(jsonb_build_object('from', c.amount_before,
        'to', c.amount_after, 'askedAt', c.created_at, 'settledAt', case c.status when 'done' then c.settled_at end)
        order by c.created_at), '[]') from payment_changes c
        where c.payment_id = ${payments.id} and c.kind = 'amount' and (c.status <> 'refused' or c.tries > 1))`,
      receiptCount: sql<number>`${receiptsOf(sql`count(*)::int`)}`,
      known: sql<string>`${receiptsOf(sql`coalesce(string_agg(concat_ws(',', r.identity, k.identity), ',') filter (where r.identity = any(${identities}) or k.identity = any(${identities})), '')`)}`,
      unconfirmed: sql<ToldReceipt | null>`(select jsonb_build_object('identity', r.identity, 'paidAt', r.paid_at,
          'identifiers', r.identifiers)
        from receipts r left join receipt_confirmations k on k.receipt_id = r.id
        where r.payment_id = ${payments.id} and r.source = 'status_check' and k.identity is null limit 1)`,
      orderPaidByAnother: sql<boolean>`exists (select 1 from receipts r where r.order_id = ${payments.orderId} and r.payment_id <> ${payments.id})`,
      reviewed: sql<
        ToldReview[]
      >`(select coalesce(jsonb_agg(e.detail || jsonb_build_object('source', e.cause)), '[]')
        from payment_events e
        where e.payment_id = ${payments.id} and e.kind = 'needs_review' and e.detail ? 'identity')`,
    })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(sql`${payments.invoiceNumber} = any(${invoices})`)
    .prepare("snapshots");

/** Composing the statement takes longer than sending it, and each notification needs it. */
const composed = new WeakMap<Db | Tx, ReturnType<typeof snapshotsIn>>();

/**
 * Reads in one statement all that `decide` asks for, for any number of words of DOKU.
 * @param asked invoices, and the identity of the real payment that DOKU speaks of, in hexadecimal digits
 * @returns in the order asked; undefined for an invoice that is not ours
 */
export async function findSnapshots(
  db: Db | Tx,
  asked: readonly { invoice: InvoiceNumber; identity: string }[],
): Promise<(Snapshot | undefined)[]> {
  const statement = composed.get(db) ?? snapshotsIn(db);
  composed.set(db, statement);
  const found = await statement.execute({
    invoices: listOf(asked.map(({ invoice }) => invoice)),
    identities: listOf(asked.map(({ identity }) => identity)),
  });
  const byInvoice = new Map(found.map((row) => [row.invoice, row]));
  return asked.map(({ invoice, identity }) => {
    const row = byInvoice.get(invoice);
    return (
      row && {
        ...row,
        amountChanges: row.amountChanges.map(changeOf),
        reviewed: row.reviewed.map(reviewedOf),
        unconfirmed: row.unconfirmed ? unconfirmedOf(row.unconfirmed) : undefined,
        includesThis: row.known.split(",").includes(identity),
      }
    );
  });
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
const isUntold = sql`${payments.codeKind} = 'dipc' and ${payments.inquiredAt} is null`;

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
          which === "untold" ? isUntold : sql`not (${isUntold})`,
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
      where status = 'awaiting_payment' and next_check_at > ${now.toISOString()}::timestamptz and not (${isUntold})
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
