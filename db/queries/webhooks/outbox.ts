import { asc, eq, sql } from "drizzle-orm";
import type { Db } from "../../database";
import { isOneOf } from "../../rows";
import { cases, orders, outbox, paymentEvents, payments, receipts } from "../../schema";

export type OutboxRow = typeof outbox.$inferSelect;

/** The oldest first. */
export const listOutbox = (db: Db, most: number): Promise<OutboxRow[]> =>
  db.select().from(outbox).orderBy(asc(outbox.id)).limit(most);

/** What the rows of the outbox stand for, in one query for each source that there is; usually there is one. */
export async function loadOutboxChanges(db: Db, taken: readonly OutboxRow[]) {
  const listRefs = (...sources: OutboxRow["source"][]) =>
    taken.filter(({ source }) => sources.includes(source)).map(({ ref }) => ref);
  const [events, paid, money, opened] = await Promise.all([
    loadUnlessEmpty(listRefs("payment_event"), (ids) => loadPaymentEvents(db, ids)),
    loadUnlessEmpty(listRefs("order_paid"), (ids) => loadPaidOrders(db, ids)),
    loadUnlessEmpty(listRefs("receipt"), (ids) =>
      db.select().from(receipts).where(isOneOf(receipts.id, ids)),
    ),
    loadUnlessEmpty(listRefs("case_opened", "case_closed"), (ids) =>
      db.select().from(cases).where(isOneOf(cases.id, ids)),
    ),
  ]);
  return { events, paid, money, cases: opened };
}

const loadUnlessEmpty = async <Row>(
  ids: string[],
  load: (ids: string[]) => PromiseLike<Row[]>,
): Promise<Row[]> => (ids.length === 0 ? [] : load(ids));

export type OutboxChanges = Awaited<ReturnType<typeof loadOutboxChanges>>;

const loadPaymentEvents = (db: Db, ids: string[]) =>
  db
    .select({
      id: paymentEvents.id,
      orderId: paymentEvents.orderId,
      kind: paymentEvents.kind,
      from: paymentEvents.from,
      to: paymentEvents.to,
      at: paymentEvents.at,
      // Money whose refund came first has no event to "paid", only one of the kind 'paid_again'.
      afterRefund: sql<boolean>`${paymentEvents.to} = 'paid' and coalesce((
        select bool_and(exists (
          select from payment_events refunded where refunded.payment_id = paid.payment_id
            and refunded.to_status = 'refunded' and refunded.version < ${paymentEvents.version}))
        from payment_events paid where paid.order_id = ${paymentEvents.orderId}
          and (paid.to_status = 'paid' or paid.kind = 'paid_again')
          and paid.version < ${paymentEvents.version}), false)`,
      payment: {
        id: payments.id,
        reusable: payments.reusable,
        codeKind: payments.codeKind,
        paidLate: payments.paidLate,
        hasCode: sql<boolean>`${payments.paymentCode} is not null`,
        // Of now: a later change of the deadline has an event of its own.
        expiresAt: payments.expiresAt,
      },
    })
    .from(paymentEvents)
    .leftJoin(payments, eq(payments.id, paymentEvents.paymentId))
    .where(isOneOf(paymentEvents.id, ids));

const loadPaidOrders = (db: Db, ids: string[]) =>
  db
    .select({
      id: orders.id,
      paidAt: orders.paidAt,
      isReusable: sql<boolean>`exists (select from payments p where p.order_id = orders.id and p.reusable)`,
    })
    .from(orders)
    .where(isOneOf(orders.id, ids));
