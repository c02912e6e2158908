import { and, asc, eq, gte, inArray, isNotNull, isNull, lt, lte, or, sql } from "drizzle-orm";
import { serverFailures } from "@/lib/email/email";
import type { SendFailure } from "@/lib/email/email";
import type { PlannedEmail } from "@/lib/email/planned-emails";
import type { OrderId } from "@/lib/payment/order-id";
import type { Db, Tx } from "../database";
import { isOneOf } from "../rows";
import { emailOptOuts, emails, orders } from "../schema";

export type EmailRow = typeof emails.$inferSelect;

export type NewEmail = PlannedEmail & { id: string; orderId: OrderId; paymentId: string };

/** Inserts those whose order has an address. One that exists already stays as it is. */
export async function insertEmails(tx: Tx, planned: readonly NewEmail[], now: Date): Promise<void> {
  if (planned.length === 0) return;
  const orderIds = [...new Set(planned.map(({ orderId }) => orderId))];
  const found = await tx
    .select({ id: orders.id })
    .from(orders)
    .where(and(isOneOf(orders.id, orderIds), isNotNull(orders.customerEmail)));
  const reachable = new Set(found.map(({ id }) => id));
  const wanted = planned.filter(({ orderId }) => reachable.has(orderId));
  if (wanted.length === 0) return;
  await tx
    .insert(emails)
    .values(wanted.map((one) => ({ ...one, createdAt: now })))
    .onConflictDoNothing();
}

/** An e-mail that one process has until its lease ends; the try is counted already. */
export type LeasedEmail = Pick<
  EmailRow,
  "id" | "orderId" | "paymentId" | "kind" | "occasion" | "tries" | "lease" | "createdAt"
>;

/** Leases the e-mail that has been due for longest. Several processes get different ones. */
export async function leaseEmail(
  db: Db,
  { now, until }: { now: Date; until: Date },
): Promise<LeasedEmail | undefined> {
  const [leased] = await db
    .update(emails)
    .set({ leasedUntil: until, lease: sql`${emails.lease} + 1`, tries: sql`${emails.tries} + 1` })
    .where(
      inArray(
        emails.id,
        db
          .select({ id: emails.id })
          .from(emails)
          .where(
            and(
              eq(emails.status, "pending"),
              lte(emails.dueAt, now),
              or(isNull(emails.leasedUntil), lt(emails.leasedUntil, now)),
            ),
          )
          .orderBy(asc(emails.dueAt))
          .limit(1)
          .for("update", { skipLocked: true }),
      ),
    )
    .returning({
      id: emails.id,
      orderId: emails.orderId,
      paymentId: emails.paymentId,
      kind: emails.kind,
      occasion: emails.occasion,
      tries: emails.tries,
      lease: emails.lease,
      createdAt: emails.createdAt,
    });
  return leased;
}

type EmailChange = Partial<Pick<EmailRow, "status" | "reason" | "smtpCode" | "dueAt" | "settledAt">>;

/** Saves what a try came to, unless the lease is no longer the newest. */
export async function saveEmail(
  db: Db,
  { id, lease }: Pick<LeasedEmail, "id" | "lease">,
  { failedAt, ...change }: EmailChange & { failedAt?: Date },
): Promise<void> {
  const failingSince = failedAt
    ? sql`coalesce(${emails.failingSince}, ${failedAt.toISOString()}::timestamptz)`
    : null;
  await db
    .update(emails)
    .set({ ...change, failingSince, leasedUntil: null })
    .where(and(eq(emails.id, id), eq(emails.lease, lease), eq(emails.status, "pending")));
}

/** Those about an order, in the sequence in which they were or will be due. */
export const listOrderEmails = (db: Db | Tx, orderId: OrderId): Promise<EmailRow[]> =>
  db
    .select()
    .from(emails)
    .where(eq(emails.orderId, orderId))
    .orderBy(asc(emails.createdAt), asc(emails.dueAt), asc(emails.id));

/** Why the mail server takes nothing; undefined unless it has failed since before `before`, and taken nothing after. */
export async function findMailTrouble(
  db: Db,
  { before }: { before: Date },
): Promise<{ since: Date; because: SendFailure } | undefined> {
  const [oldest] = await db
    .select({ since: emails.failingSince, because: emails.reason })
    .from(emails)
    .where(
      and(
        eq(emails.status, "pending"),
        inArray(emails.reason, [...serverFailures]),
        lt(emails.failingSince, before),
      ),
    )
    .orderBy(asc(emails.failingSince))
    .limit(1);
  const because = serverFailures.find((one) => one === oldest?.because);
  if (!oldest?.since || !because) return undefined;
  // The next try of one that failed may be hours off when the server is back already.
  const taken = await db.$count(emails, and(eq(emails.status, "sent"), gte(emails.settledAt, before)));
  return taken > 0 ? undefined : { since: oldest.since, because };
}

/** @returns how many went */
export async function deleteOldEmails(
  db: Db,
  { before, most }: { before: Date; most: number },
): Promise<number> {
  const old = db
    .select({ id: emails.id })
    .from(emails)
    .where(lt(emails.createdAt, before))
    .orderBy(asc(emails.createdAt))
    .limit(most);
  const deleted = await db.delete(emails).where(inArray(emails.id, old)).returning({ id: emails.id });
  return deleted.length;
}

export const isOptedOut = async (db: Db, addressHash: string): Promise<boolean> =>
  (await db.$count(emailOptOuts, eq(emailOptOuts.addressHash, addressHash))) > 0;

/** Twice is the same as once. */
export async function insertOptOut(db: Db, addressHash: string, now: Date): Promise<void> {
  await db.insert(emailOptOuts).values({ addressHash, since: now }).onConflictDoNothing();
}

export async function deleteOptOut(db: Db, addressHash: string): Promise<void> {
  await db.delete(emailOptOuts).where(eq(emailOptOuts.addressHash, addressHash));
}
