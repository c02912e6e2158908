import { and, asc, eq, inArray, isNull, lt, lte, or, sql } from "drizzle-orm";
import type { Db, Tx } from "../../database";
import { newestFirst, rows } from "../../rows";
import { apiEvents, webhookAttempts, webhookDeliveries, webhookEndpoints } from "../../schema";
import type { DeliveryStatus } from "../../schema";

export type DeliveryRow = typeof webhookDeliveries.$inferSelect;
export type AttemptRow = typeof webhookAttempts.$inferSelect;

const isDue = (now: Date) =>
  and(
    eq(webhookDeliveries.status, "pending"),
    lte(webhookDeliveries.dueAt, now),
    or(isNull(webhookDeliveries.leasedUntil), lt(webhookDeliveries.leasedUntil, now)),
  );

/** Endpoints that are on and have something due. */
export async function listDueEndpoints(db: Db, now: Date): Promise<string[]> {
  const due = db
    .select({ one: sql`1` })
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.endpointId, webhookEndpoints.id), isDue(now)));
  const found = await db
    .select({ id: webhookEndpoints.id })
    .from(webhookEndpoints)
    .where(and(isNull(webhookEndpoints.disabledAt), isNull(webhookEndpoints.deletedAt), sql`exists ${due}`));
  return found.map(({ id }) => id);
}

/** A delivery that one process has until its lease ends; the try is counted already. */
export type LeasedDelivery = Pick<DeliveryRow, "id" | "eventId" | "endpointId" | "tries" | "lease">;

/** Leases deliveries of one endpoint, the longest due first. Several processes get different ones. */
export const leaseDeliveries = (
  db: Db,
  { endpointId, now, until, most }: { endpointId: string; now: Date; until: Date; most: number },
): Promise<LeasedDelivery[]> =>
  db
    .update(webhookDeliveries)
    .set({
      leasedUntil: until,
      lease: sql`${webhookDeliveries.lease} + 1`,
      tries: sql`${webhookDeliveries.tries} + 1`,
    })
    .where(
      inArray(
        webhookDeliveries.id,
        db
          .select({ id: webhookDeliveries.id })
          .from(webhookDeliveries)
          .where(and(eq(webhookDeliveries.endpointId, endpointId), isDue(now)))
          .orderBy(asc(webhookDeliveries.dueAt))
          .limit(most)
          .for("update", { skipLocked: true }),
      ),
    )
    .returning({
      id: webhookDeliveries.id,
      eventId: webhookDeliveries.eventId,
      endpointId: webhookDeliveries.endpointId,
      tries: webhookDeliveries.tries,
      lease: webhookDeliveries.lease,
    });

export async function insertAttempt(tx: Tx, attempt: typeof webhookAttempts.$inferInsert): Promise<void> {
  await tx.insert(webhookAttempts).values(attempt);
}

/** Saves what a try came to, unless the lease is no longer the newest. */
export async function saveDelivery(
  tx: Tx,
  { id, lease }: Pick<LeasedDelivery, "id" | "lease">,
  change: Partial<Pick<DeliveryRow, "status" | "dueAt" | "settledAt">>,
): Promise<void> {
  await tx
    .update(webhookDeliveries)
    .set({ ...change, leasedUntil: null })
    .where(
      and(
        eq(webhookDeliveries.id, id),
        eq(webhookDeliveries.lease, lease),
        eq(webhookDeliveries.status, "pending"),
      ),
    );
}

export type ListedDelivery = DeliveryRow & { type: string; at: Date };

type Filter = {
  endpointId: string;
  status?: DeliveryStatus | undefined;
  after?: Pick<DeliveryRow, "id" | "createdAt"> | undefined;
  most: number;
};

/** The newest first. */
export async function listDeliveries(db: Db, filter: Filter): Promise<ListedDelivery[]> {
  const found = await db
    .select({ delivery: webhookDeliveries, type: apiEvents.type, at: apiEvents.at })
    .from(webhookDeliveries)
    .innerJoin(apiEvents, eq(apiEvents.id, webhookDeliveries.eventId))
    .where(
      and(
        eq(webhookDeliveries.endpointId, filter.endpointId),
        filter.status && eq(webhookDeliveries.status, filter.status),
        filter.after &&
          sql`(${webhookDeliveries.createdAt}, ${webhookDeliveries.id}) < (${filter.after.createdAt.toISOString()}::timestamptz, ${filter.after.id}::uuid)`,
      ),
    )
    .orderBy(...newestFirst(webhookDeliveries.createdAt, webhookDeliveries.id))
    .limit(filter.most);
  return found.map(({ delivery, type, at }) => ({ ...delivery, type, at }));
}

/** Finds the last try of each of these, by the delivery's id. */
export async function loadLastAttempts(
  db: Db,
  listed: readonly Pick<DeliveryRow, "id">[],
): Promise<(id: string) => AttemptRow | undefined> {
  const ids = listed.map(({ id }) => id);
  const last = await db
    .selectDistinctOn([webhookAttempts.deliveryId])
    .from(webhookAttempts)
    .where(inArray(webhookAttempts.deliveryId, ids))
    .orderBy(webhookAttempts.deliveryId, sql`${webhookAttempts.at} desc`);
  return (id) => last.find(({ deliveryId }) => deliveryId === id);
}

export async function findDelivery(db: Db, id: string): Promise<DeliveryRow | undefined> {
  const [delivery] = await db.select().from(webhookDeliveries).where(eq(webhookDeliveries.id, id));
  return delivery;
}

/** Every try of these, the newest first. */
export const listAttempts = (db: Db, deliveryIds: readonly string[]): Promise<AttemptRow[]> =>
  db
    .select()
    .from(webhookAttempts)
    .where(inArray(webhookAttempts.deliveryId, [...deliveryIds]))
    .orderBy(sql`${webhookAttempts.at} desc`);

/** Sends one again, at once and with all its tries. @returns false when there is none */
export async function requeueDelivery(db: Db, id: string, now: Date): Promise<boolean> {
  const requeued = await db
    .update(webhookDeliveries)
    .set({
      status: "pending",
      tries: 0,
      dueAt: now,
      settledAt: null,
      leasedUntil: null,
      lease: sql`${webhookDeliveries.lease} + 1`,
    })
    .where(eq(webhookDeliveries.id, id))
    .returning({ id: webhookDeliveries.id });
  return requeued.length > 0;
}

/**
 * Sends an endpoint all events of a time that it wants, also those that it was never sent.
 * @returns how many
 */
export async function requeueRange(
  db: Db,
  {
    endpointId,
    from,
    before,
    now,
    most,
  }: { endpointId: string; from: Date; before: Date; now: Date; most: number },
): Promise<number> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const sent = await rows(
    db,
    sql`
    insert into webhook_deliveries (id, event_id, endpoint_id, due_at, created_at)
    select gen_random_uuid(), e.id, w.id, ${at}, ${at}
    from api_events e join webhook_endpoints w on w.id = ${endpointId}
    where e.created_at >= ${from.toISOString()}::timestamptz and e.created_at < ${before.toISOString()}::timestamptz
      and e.type <> 'webhook.test' and (w.types is null or e.type = any (w.types))
    order by e.created_at limit ${sql.raw(String(most))}
    on conflict (event_id, endpoint_id) do update set status = 'pending', tries = 0, due_at = ${at}, settled_at = null,
      leased_until = null, lease = webhook_deliveries.lease + 1
    returning id::text`,
  );
  return sent.length;
}
