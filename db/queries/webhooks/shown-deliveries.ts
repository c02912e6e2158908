import { inArray } from "drizzle-orm";
import type { Db } from "../../database";
import { apiEvents, webhookAttempts } from "../../schema";
import type { AttemptRow, ListedDelivery } from "./deliveries";

export type ShownDelivery = ListedDelivery & { body: string; attempts: AttemptRow[] };

/** Adds to each delivery what was sent and every try, the newest try first. */
export async function loadTries(db: Db, listed: readonly ListedDelivery[]): Promise<ShownDelivery[]> {
  if (listed.length === 0) return [];
  const [events, attempts] = await Promise.all([
    db
      .select({ id: apiEvents.id, body: apiEvents.body })
      .from(apiEvents)
      .where(
        inArray(
          apiEvents.id,
          listed.map(({ eventId }) => eventId),
        ),
      ),
    db
      .select()
      .from(webhookAttempts)
      .where(
        inArray(
          webhookAttempts.deliveryId,
          listed.map(({ id }) => id),
        ),
      ),
  ]);
  return listed.map((one) => ({
    ...one,
    body: events.find(({ id }) => id === one.eventId)?.body ?? "",
    attempts: attempts
      .filter(({ deliveryId }) => deliveryId === one.id)
      .toSorted((a, b) => b.at.getTime() - a.at.getTime()),
  }));
}
