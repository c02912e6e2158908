import { inArray } from "drizzle-orm";
import type { Db } from "../../database";
import { apiEvents } from "../../schema";
import { listAttempts } from "./deliveries";
import type { AttemptRow, ListedDelivery } from "./deliveries";

export type ShownDelivery = ListedDelivery & { body: string; attempts: AttemptRow[] };

/** Adds to each delivery what was sent and every try, the newest try first. */
export async function loadTries(db: Db, listed: readonly ListedDelivery[]): Promise<ShownDelivery[]> {
  const eventIds = listed.map(({ eventId }) => eventId);
  const [events, attempts] = await Promise.all([
    db
      .select({ id: apiEvents.id, body: apiEvents.body })
      .from(apiEvents)
      .where(inArray(apiEvents.id, eventIds)),
    listAttempts(
      db,
      listed.map(({ id }) => id),
    ),
  ]);
  return listed.map((one) => ({
    ...one,
    body: events.find(({ id }) => id === one.eventId)?.body ?? "",
    attempts: attempts.filter(({ deliveryId }) => deliveryId === one.id),
  }));
}
