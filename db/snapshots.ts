import { eq, sql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import { toAcquirerIds } from "../lib/payment/acquirer-ids";
import { mayHaveBeenMade } from "../lib/payment/amounts";
import type { AmountChange } from "../lib/payment/amounts";
import type { UnconfirmedReceipt } from "../lib/payment/decide";
import type { InvoiceNumber } from "../lib/payment/invoice-number";
import type { ReviewedUpdate } from "../lib/payment/reviewed";
import type { Rupiah } from "../lib/payment/rupiah";
import type { Db, Tx } from "./database";
import type { OrderRow, PaymentRow } from "./queries/orders";
import type { StateColumns } from "./queries/payments";
import { listOf, toArrayLiteral } from "./rows";
import { orders, payments } from "./schema";
import type { ChangeStatus, NameAndValue } from "./schema";

/** All that `decide` needs to know about an invoice. `version` is the order's: a write checks that it is unchanged. */
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
  /** Amount changes that DOKU made or may have made (the answer was lost), oldest first. */
  amountChanges: AmountChange[];
  receiptCount: number;
  includesThis: boolean;
  /** A receipt from a status check that no notification has confirmed yet. */
  unconfirmed: (UnconfirmedReceipt & { receiptId: string }) | undefined;
  orderPaidByAnother: boolean;
  /** The updates that opened cases of this payment, from their events. */
  reviewed: ReviewedUpdate[];
};

/** Arrays, so that one prepared statement serves every length. */
const invoices = listOf(sql`${sql.placeholder("invoices")}::text[]`);
const identities = sql`${sql.placeholder("identities")}::text[]`;

/** A change of the amount as the query returns it in JSON. */
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

type StoredReceipt = { id: string; identity: string; paidAt: string; identifiers: NameAndValue[] };
const toUnconfirmed = ({ id, identity, paidAt, identifiers }: StoredReceipt) => ({
  receiptId: id,
  identity,
  paidAt: new Date(paidAt),
  acquirerIds: toAcquirerIds(identifiers),
});

/**
 * What lib/operations/notifications/payment-update-write.ts stores in the event of a review; without an amount `null`.
 */
type StoredReview = {
  cases: [ReviewedUpdate["case"]];
  source: ReviewedUpdate["source"];
  identity: string;
  acquirerIds: string;
  amount: Rupiah | null;
  saidAt: string;
};
const toReviewed = ({
  cases: [kind],
  amount,
  saidAt,
  source,
  identity,
  acquirerIds,
}: StoredReview): ReviewedUpdate => ({
  ...{ case: kind, source, identity, acquirerIds },
  amount: amount ?? undefined,
  at: new Date(saidAt),
});

const aggregateReceipts = (what: SQL) =>
  sql`(select ${what} from receipts r left join receipt_confirmations k on k.receipt_id = r.id where r.payment_id = ${payments.id})`;

const prepareSnapshots = (db: Db | Tx) =>
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
      receiptCount: sql<number>`${aggregateReceipts(sql`count(*)::int`)}`,
      known: sql<string>`${aggregateReceipts(sql`coalesce(string_agg(concat_ws(',', r.identity, k.identity), ',') filter (where r.identity = any(${identities}) or k.identity = any(${identities})), '')`)}`,
      unconfirmed: sql<StoredReceipt | null>`(select jsonb_build_object('id', r.id, 'identity', r.identity, 'paidAt', r.paid_at,
          'identifiers', r.identifiers)
        from receipts r left join receipt_confirmations k on k.receipt_id = r.id
        where r.payment_id = ${payments.id} and r.source = 'status_check' and k.identity is null limit 1)`,
      orderPaidByAnother: sql<boolean>`exists (select 1 from receipts r where r.order_id = ${payments.orderId} and r.payment_id <> ${payments.id})`,
      reviewed: sql<
        StoredReview[]
      >`(select coalesce(jsonb_agg(e.detail || jsonb_build_object('source', coalesce(e.reason, e.cause))), '[]')
        from payment_events e
        where e.payment_id = ${payments.id} and e.kind = 'needs_review' and e.detail ? 'identity')`,
    })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(sql`${payments.invoiceNumber} = any (${invoices})`)
    .prepare("snapshots");

/** Kept, because building the statement takes longer than sending it, and every notification needs it. */
const preparedStatements = new WeakMap<Db | Tx, ReturnType<typeof prepareSnapshots>>();

/**
 * Loads all that `decide` needs for any number of payment updates, in one statement.
 * @param asked invoice numbers, and the payment identity of the update in hexadecimal digits
 * @returns in the same order; undefined for an unknown invoice number
 */
export async function findSnapshots(
  db: Db | Tx,
  asked: readonly { invoice: InvoiceNumber; identity: string }[],
): Promise<(Snapshot | undefined)[]> {
  const statement = preparedStatements.get(db) ?? prepareSnapshots(db);
  preparedStatements.set(db, statement);
  const found = await statement.execute({
    invoices: toArrayLiteral(asked.map(({ invoice }) => invoice)),
    identities: toArrayLiteral(asked.map(({ identity }) => identity)),
  });
  const byInvoice = new Map(found.map((row) => [row.invoice, row]));
  return asked.map(({ invoice, identity }) => {
    const row = byInvoice.get(invoice);
    return (
      row && {
        ...row,
        amountChanges: toAmountChanges(row.amountChanges),
        reviewed: row.reviewed.map(toReviewed),
        unconfirmed: row.unconfirmed ? toUnconfirmed(row.unconfirmed) : undefined,
        includesThis: row.known.split(",").includes(identity),
      }
    );
  });
}
