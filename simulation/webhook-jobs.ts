import { leaseDeliveries, listDueEndpoints } from "@/db/queries/webhooks/deliveries";
import { announceEvents } from "@/lib/operations/webhooks/announce-events";
import { deliverWebhook, deliveryLeaseMs } from "@/lib/operations/webhooks/deliver-webhook";
import { createRenderData } from "@/lib/server/webhooks/render-data";
import type { Process } from "./trial";

/** Makes events of what was written, as the background job does. @returns how many rows of the outbox there were */
export async function announceWritten({ deps }: Process, most: number): Promise<number> {
  const render = createRenderData(deps.settings, false);
  return (await announceEvents(deps, render, { most, withEmails: true })).rows;
}

/** More than a schedule has: a limit would choose among deliveries that became due in one moment. */
const most = 1000;

/** Sends every endpoint what is due for it, one after the other. @returns how many tries that was */
export async function deliverDueEvents({ deps, postWebhook }: Process): Promise<number> {
  let tries = 0;
  for (const endpointId of (await listDueEndpoints(deps.db, deps.now())).toSorted()) {
    const now = deps.now();
    const until = new Date(now.getTime() + deliveryLeaseMs);
    const leased = await leaseDeliveries(deps.db, { endpointId, now, until, most });
    // Their own ids come from the database and differ from run to run.
    for (const one of leased.toSorted((a, b) => (a.eventId < b.eventId ? -1 : 1))) {
      await deliverWebhook(deps, postWebhook, one);
      tries++;
    }
  }
  return tries;
}
