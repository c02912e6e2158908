import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { Db, Tx } from "../../database";
import { newestFirst } from "../../rows";
import { webhookEndpoints } from "../../schema";
import type { DisabledBecause } from "../../schema";

export type EndpointRow = typeof webhookEndpoints.$inferSelect;

export async function insertEndpoint(
  db: Db,
  endpoint: typeof webhookEndpoints.$inferInsert,
): Promise<EndpointRow> {
  const [inserted] = await db.insert(webhookEndpoints).values(endpoint).returning();
  if (!inserted) throw new Error("an endpoint was not inserted");
  return inserted;
}

/** Inserts an endpoint that settings name, or gives it their address and secret. */
export async function saveOwnEndpoint(db: Db, endpoint: typeof webhookEndpoints.$inferInsert): Promise<void> {
  const { url, secret } = endpoint;
  await db
    .insert(webhookEndpoints)
    .values(endpoint)
    .onConflictDoUpdate({ target: webhookEndpoints.id, set: { url, secret } });
}

/** All that are not deleted, the newest first. A merchant has few. */
export const listEndpoints = (db: Db): Promise<EndpointRow[]> =>
  db
    .select()
    .from(webhookEndpoints)
    .where(isNull(webhookEndpoints.deletedAt))
    .orderBy(...newestFirst(webhookEndpoints.createdAt, webhookEndpoints.id))
    .limit(100);

export async function findEndpoint(db: Db | Tx, id: string): Promise<EndpointRow | undefined> {
  const [endpoint] = await db.select().from(webhookEndpoints).where(isEndpoint(id));
  return endpoint;
}

const isEndpoint = (id: string) => and(eq(webhookEndpoints.id, id), isNull(webhookEndpoints.deletedAt));

type Change = Partial<
  Pick<
    EndpointRow,
    | "url"
    | "description"
    | "types"
    | "secret"
    | "previousSecret"
    | "previousSecretUntil"
    | "disabledAt"
    | "disabledBecause"
    | "failingSince"
    | "deletedAt"
  >
>;

/** @returns false when there is none */
export async function saveEndpoint(db: Db | Tx, id: string, change: Change): Promise<boolean> {
  const saved = await db
    .update(webhookEndpoints)
    .set(change)
    .where(isEndpoint(id))
    .returning({ id: webhookEndpoints.id });
  return saved.length > 0;
}

/** Remembers since when it has only failed. @returns that time */
export async function markFailing(tx: Tx, id: string, now: Date): Promise<Date> {
  const [marked] = await tx
    .update(webhookEndpoints)
    .set({ failingSince: sql`coalesce(${webhookEndpoints.failingSince}, ${now.toISOString()}::timestamptz)` })
    .where(eq(webhookEndpoints.id, id))
    .returning({ failingSince: webhookEndpoints.failingSince });
  return marked?.failingSince ?? now;
}

/** Writes only after a failure, so that a busy endpoint is not a busy row. */
export async function markWorking(tx: Tx, id: string): Promise<void> {
  await tx
    .update(webhookEndpoints)
    .set({ failingSince: null })
    .where(and(eq(webhookEndpoints.id, id), isNotNull(webhookEndpoints.failingSince)));
}

/** @returns false when it was off already */
export async function disableEndpoint(
  tx: Tx,
  id: string,
  { because, now }: { because: DisabledBecause; now: Date },
): Promise<boolean> {
  const disabled = await tx
    .update(webhookEndpoints)
    .set({ disabledAt: now, disabledBecause: because })
    .where(and(eq(webhookEndpoints.id, id), isNull(webhookEndpoints.disabledAt)))
    .returning({ id: webhookEndpoints.id });
  return disabled.length > 0;
}

/** Endpoints that the program switched off, which the merchant has to know. */
export const listSwitchedOff = (db: Db): Promise<EndpointRow[]> =>
  db
    .select()
    .from(webhookEndpoints)
    .where(
      and(
        isNull(webhookEndpoints.deletedAt),
        sql`${webhookEndpoints.disabledBecause} in ('gone', 'failing')`,
      ),
    )
    .limit(20);
