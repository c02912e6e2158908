import { and, eq, gte, inArray, lt, sql } from "drizzle-orm";
import type { OrderId } from "@/lib/payment/order-id";
import type { Db, Tx } from "../../database";
import { isOneOf, newestFirst, rows } from "../../rows";
import { apiEvents, outbox, webhookAttempts, webhookDeliveries } from "../../schema";

export type ApiEventRow = typeof apiEvents.$inferSelect;

/** An event of a row of the outbox. */
export type OutboxEvent = ApiEventRow & { outboxId: number };
export type SaveEvents = {
  /** The rows of the outbox that were still there: of two processes one gets each. */
  taken: Set<number>;
  /** How many are to be sent. */
  deliveries: number;
};

/**
 * Takes rows from the outbox and inserts the events of those that were still there, with a delivery for each endpoint that is
 * on and wants them. One statement, because every change of an order comes to this.
 */
export async function saveEvents(
  db: Db | Tx,
  outboxIds: readonly number[],
  { events, now }: { events: readonly OutboxEvent[]; now: Date },
): Promise<SaveEvents> {
  const [saved] = await rows<{ taken: number[]; deliveries: number }>(
    db,
    sql`
    with taken as (
      delete from outbox where ${isOneOf(outbox.id, outboxIds)} returning id),
    new_events as (
      insert into api_events (id, type, order_id, at, created_at, body)
      select x."id", x."type", x."orderId", x."at", x."createdAt", x."body"
      from json_to_recordset(${JSON.stringify(events)}::json) as x("outboxId" bigint, "id" text, "type" text,
        "orderId" text, "at" timestamptz, "createdAt" timestamptz, "body" text)
      where x."outboxId" in (select id from taken)
      returning id, type),
    new_deliveries as (
      insert into webhook_deliveries (id, event_id, endpoint_id, due_at, created_at)
      select gen_random_uuid(), new_events.id, endpoint.id, ${now.toISOString()}::timestamptz,
        ${now.toISOString()}::timestamptz
      from new_events cross join webhook_endpoints endpoint
      where endpoint.disabled_at is null and endpoint.deleted_at is null
        and (endpoint.types is null or new_events.type = any (endpoint.types))
      returning id)
    select (select coalesce(json_agg(id), '[]') from taken) as taken,
      (select count(*)::int from new_deliveries) as deliveries`,
  );
  if (!saved) throw new Error("the statement gave no row");
  return { taken: new Set(saved.taken), deliveries: saved.deliveries };
}

/** A test event is for the endpoint that was asked for it alone. */
export async function insertTestEvent(
  db: Db,
  event: ApiEventRow,
  delivery: Pick<typeof webhookDeliveries.$inferInsert, "id" | "endpointId">,
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.insert(apiEvents).values(event);
    const { createdAt } = event;
    await tx
      .insert(webhookDeliveries)
      .values({ ...delivery, eventId: event.id, dueAt: createdAt, createdAt });
  });
}

export async function findEvent(db: Db, id: string): Promise<ApiEventRow | undefined> {
  const [event] = await db.select().from(apiEvents).where(eq(apiEvents.id, id));
  return event;
}

export type EventFilter = {
  type?: string | undefined;
  orderId?: OrderId | undefined;
  createdFrom?: Date | undefined;
  createdBefore?: Date | undefined;
  after?: Pick<ApiEventRow, "id" | "createdAt"> | undefined;
  most: number;
};

/** The newest first, by an index for each filter. */
export const listEvents = (db: Db, filter: EventFilter): Promise<ApiEventRow[]> =>
  db
    .select()
    .from(apiEvents)
    .where(
      and(
        filter.type === undefined ? undefined : eq(apiEvents.type, filter.type),
        filter.orderId && eq(apiEvents.orderId, filter.orderId),
        filter.createdFrom && gte(apiEvents.createdAt, filter.createdFrom),
        filter.createdBefore && lt(apiEvents.createdAt, filter.createdBefore),
        filter.after &&
          sql`(${apiEvents.createdAt}, ${apiEvents.id}) < (${filter.after.createdAt.toISOString()}::timestamptz, ${filter.after.id})`,
      ),
    )
    .orderBy(...newestFirst(apiEvents.createdAt, apiEvents.id))
    .limit(filter.most);

/**
 * Deletes events from before that time with their deliveries, some at once. What still waits by then waits for an endpoint
 * that was switched off or removed long ago.
 * @returns how many events went
 */
export async function deleteOldEvents(
  db: Db,
  { before, most }: { before: Date; most: number },
): Promise<number> {
  return db.transaction(async (tx) => {
    const old = await tx
      .select({ id: apiEvents.id })
      .from(apiEvents)
      .where(lt(apiEvents.createdAt, before))
      .orderBy(apiEvents.createdAt)
      .limit(most);
    const ids = old.map(({ id }) => id);
    if (ids.length === 0) return 0;
    const deliveries = tx
      .select({ id: webhookDeliveries.id })
      .from(webhookDeliveries)
      .where(inArray(webhookDeliveries.eventId, ids));
    await tx.delete(webhookAttempts).where(inArray(webhookAttempts.deliveryId, deliveries));
    await tx.delete(webhookDeliveries).where(inArray(webhookDeliveries.eventId, ids));
    await tx.delete(apiEvents).where(inArray(apiEvents.id, ids));
    return ids.length;
  });
}
