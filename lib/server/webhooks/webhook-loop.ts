import "server-only";
import { deleteOldEvents } from "@/db/queries/webhooks/events";
import { leaseDeliveries, listDueEndpoints } from "@/db/queries/webhooks/deliveries";
import type { LeasedDelivery } from "@/db/queries/webhooks/deliveries";
import type { Deps } from "@/lib/operations/deps";
import { announceEvents } from "@/lib/operations/webhooks/announce-events";
import type { RenderData } from "@/lib/operations/webhooks/announce-events";
import { deliverWebhook, deliveryLeaseMs } from "@/lib/operations/webhooks/deliver-webhook";
import type { PostWebhook } from "@/lib/webhooks/post-webhook";
import { repeat } from "../jobs/repeat";
import { failureLevel, log } from "../log";
import type { Live } from "../live/live";

/** How often it looks without being woken, for retries that are due and for what another process wrote. */
const intervalMs = 1000;
/** Changes of this time become events together: a shop that makes a hundred sessions a second needs no hundred looks. */
const restMs = 50;
/** Sent at once to one endpoint by one process. An endpoint that hangs holds up only these. */
const atOncePerEndpoint = 8;
const announceAtOnce = 100;
/** How long events and their deliveries are kept. */
const eventLifeMs = 90 * 24 * 60 * 60 * 1000;
const deleteIntervalMs = 10 * 60_000;
/** What is left of the ten seconds of a stop is for the rest of the process. */
const finishMs = 5000;

const pause = (milliseconds: number) =>
  new Promise<void>((done) => void setTimeout(done, milliseconds).unref());

type Parts = {
  deps: Deps;
  live: Pick<Live, "subscribe">;
  render: RenderData;
  post: PostWebhook;
  /** Sends e-mails to shoppers; undefined without a mail server. */
  emails?: { wake: () => void } | undefined;
};

/**
 * Makes events of what was written and sends them to the merchant's endpoints, until it is stopped. Woken by every change
 * of an order in any process.
 * @returns a function that stops it, and resolves when running deliveries are saved or take too long
 */
export function startWebhooks({ deps, live, render, post, emails }: Parts): () => Promise<void> {
  const end = new AbortController();
  const running = new Map<string, Set<Promise<void>>>();
  const schedule = { intervalMs, restMs, what: "announce_events" };
  const announce = repeat(end.signal, schedule, async () => {
    const options = { most: announceAtOnce, withEmails: emails !== undefined };
    for (let isFull = true; isFull && !end.signal.aborted;) {
      const made = await announceEvents(deps, render, options);
      if (made.deliveries > 0) deliver.wake();
      if (made.emails > 0) emails?.wake();
      isFull = made.rows === announceAtOnce;
    }
  });
  const deliver = repeat(end.signal, { intervalMs, what: "deliver_webhooks" }, () =>
    startDue(deps, post, { running, whenDone: () => deliver.wake() }),
  );
  const clean = repeat(end.signal, { intervalMs: deleteIntervalMs, what: "delete_events" }, () =>
    deleteOldEvents(deps.db, { before: new Date(deps.now().getTime() - eventLifeMs), most: 5000 }),
  );
  const stopListening = live.subscribe("all", announce.wake);
  return async () => {
    stopListening();
    end.abort();
    await Promise.all([announce.ended, deliver.ended, clean.ended]);
    const sending = Promise.all([...running.values()].flatMap((some) => [...some]));
    // An endpoint that hangs must not hold up the stop: its lease runs out, and it is sent again.
    await Promise.race([sending, pause(finishMs)]);
  };
}

type Running = { running: Map<string, Set<Promise<void>>>; whenDone: () => void };

/** Starts what is due, as far as each endpoint has room, and does not wait for it. */
async function startDue(deps: Deps, post: PostWebhook, { running, whenDone }: Running): Promise<void> {
  for (const endpointId of await listDueEndpoints(deps.db, deps.now())) {
    const some = running.get(endpointId) ?? new Set();
    running.set(endpointId, some);
    const room = atOncePerEndpoint - some.size;
    if (room <= 0) continue;
    const now = deps.now();
    const until = new Date(now.getTime() + deliveryLeaseMs);
    for (const leased of await leaseDeliveries(deps.db, { endpointId, now, until, most: room })) {
      const one = deliverSafely(deps, post, leased).finally(() => {
        some.delete(one);
        whenDone();
      });
      some.add(one);
    }
  }
}

/** One that fails must not stop the others. Its lease runs out, and it is due again. */
const deliverSafely = (deps: Deps, post: PostWebhook, leased: LeasedDelivery): Promise<void> =>
  deliverWebhook(deps, post, leased).catch((error: unknown) =>
    log(failureLevel(error), "webhook_failed", { delivery: leased.id, error }),
  );
