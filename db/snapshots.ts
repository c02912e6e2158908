import { eq, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { acquirerIdsOf } from "../lib/payment/acquirer-ids";
import { mayHaveBeenMade } from "../lib/payment/amounts";
import type { AmountChange } from "../lib/payment/amounts";
import type { Unconfirmed } from "../lib/payment/decide";
import type { InvoiceNumber } from "../lib/payment/invoice-number";
import type { Reviewed } from "../lib/payment/reviewed";
import type { Rupiah } from "../lib/payment/rupiah";
import type { Db, Tx } from "./database";
import type { OrderRow, PaymentRow } from "./queries/orders";
import type { StateColumns } from "./queries/payments";
import { orders, payments } from "./schema";
import type { ChangeStatus, NameAndValue } from "./schema";

/** What is on record about an invoice when DOKU speaks of it. `version` is the order's: a write proves nothing moved. */
export type Snapshot = {
  payment: StateColumns &
    Pick<
      PaymentRow,
      | "id"
      | "orderId"
      | "channel"
      | "amount"
      | "paidLate"
      | "reusable"
      | "codeKind"
      | "inquiredAt"
      | "supersededAt"
      | "tries"
    >;
  version: number;
  order: Pick<OrderRow, "paidAt" | "amount">;
  /** Of the amount, oldest first, those that DOKU made or may have made: an answer that was lost may have been a yes. */
  amountChanges: AmountChange[];
  receiptCount: number;
  includesThis: boolean;
  /** The receipt that a status check brought, while no notification has confirmed it. */
  unconfirmed: (Unconfirmed & { receiptId: string }) | undefined;
  orderPaidByAnother: boolean;
  /** What a person was asked about this payment, by the events that opened its cases. */
  reviewed: Reviewed[];
};

/** A list for PostgreSQL as one parameter, so that its length makes no other statement. The texts need no quoting. */
const listOf = (texts: readonly string[]): string => `{${texts.join(",")}}`;
const invoices = sql`${sql.placeholder("invoices")}::text[]`;
const identities = sql`${sql.placeholder("identities")}::text[]`;

/** A change of the amount as JSON has it. */
type StoredAmountChange = {
  from: Rupiah;
  to: Rupiah;
  status: ChangeStatus;
  tries: number;
  askedAt: string;
  settledAt: string | null;
};
const toAmountChanges = (stored: readonly StoredAmountChange[]): AmountChange[] =>
  stored.flatMap(({ from, to, askedAt, settledAt, ...change }) =>
    mayHaveBeenMade(change)
      ? [
          {
            from,
            to,
            askedAt: new Date(askedAt),
            settledAt: change.status === "done" && settledAt !== null ? new Date(settledAt) : undefined,
          },
        ]
      : [],
  );

type ToldReceipt = { id: string; identity: string; paidAt: string; identifiers: NameAndValue[] };
const unconfirmedOf = ({ id, identity, paidAt, identifiers }: ToldReceipt) => ({
  receiptId: id,
  identity,
  paidAt: new Date(paidAt),
  acquirerIds: acquirerIdsOf(identifiers),
});

/** What lib/operations/notifications/apply-payment-update.ts writes into the event of a review; `amount` null when it could not be read. */
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
        paidLate: payments.paidLate,
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
      order: { paidAt: orders.paidAt, amount: orders.amount },
      amountChanges: sql<
        StoredAmountChange[]
      >`(select coalesce(jsonb_agg(jsonb_build_object('from', c.amount_before,
        'to', c.amount_after, 'status', c.status, 'tries', c.tries, 'askedAt', c.created_at,
        'settledAt', c.settled_at) order by c.created_at), '[]') from payment_changes c
        where c.payment_id = ${payments.id} and c.kind = 'amount')`,
      receiptCount: sql<number>`${receiptsOf(sql`count(*)::int`)}`,
      known: sql<string>`${receiptsOf(sql`coalesce(string_agg(concat_ws(',', r.identity, k.identity), ',') filter (where r.identity = any(${identities}) or k.identity = any(${identities})), '')`)}`,
      unconfirmed: sql<ToldReceipt | null>`(select jsonb_build_object('id', r.id, 'identity', r.identity, 'paidAt', r.paid_at,
          'identifiers', r.identifiers)
        from receipts r left join receipt_confirmations k on k.receipt_id = r.id
        where r.payment_id = ${payments.id} and r.source = 'status_check' and k.identity is null limit 1)`,
      orderPaidByAnother: sql<boolean>`exists (select 1 from receipts r where r.order_id = ${payments.orderId} and r.payment_id <> ${payments.id})`,
      reviewed: sql<
        ToldReview[]
      >`(select coalesce(jsonb_agg(e.detail || jsonb_build_object('source', coalesce(e.reason, e.cause))), '[]')
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
        amountChanges: toAmountChanges(row.amountChanges),
        reviewed: row.reviewed.map(reviewedOf),
        unconfirmed: row.unconfirmed ? unconfirmedOf(row.unconfirmed) : undefined,
        includesThis: row.known.split(",").includes(identity),
      }
    );
  });
}
