import { findEndpoint, disableEndpoint, markFailing, markWorking } from "@/db/queries/webhooks/endpoints";
import type { EndpointRow } from "@/db/queries/webhooks/endpoints";
import { insertAttempt, saveDelivery } from "@/db/queries/webhooks/deliveries";
import type { LeasedDelivery } from "@/db/queries/webhooks/deliveries";
import { findEvent } from "@/db/queries/webhooks/events";
import type { Tx } from "@/db/database";
import type { PostWebhook, WebhookAnswer } from "@/lib/webhooks/post-webhook";
import { failingLimitMs, nextTryAt } from "@/lib/webhooks/retries";
import type { Deps } from "../deps";

type DeliverDeps = Pick<Deps, "db" | "now" | "newId" | "random" | "log">;

/** Longer than the patience with an endpoint, so that no other process sends the same at the same time. */
export const deliveryLeaseMs = 30_000;

/**
 * Sends one event to one endpoint and saves what came of it. When the process ends in between, the lease runs out and it
 * is sent again: the receiver knows it by its `webhook-id`.
 */
export async function deliverWebhook(
  deps: DeliverDeps,
  post: PostWebhook,
  leased: LeasedDelivery,
): Promise<void> {
  const [endpoint, event] = await Promise.all([
    findEndpoint(deps.db, leased.endpointId),
    findEvent(deps.db, leased.eventId),
  ]);
  if (!endpoint || !event) return;
  const at = deps.now();
  const begun = performance.now();
  const answer = await post(
    { url: endpoint.url, secrets: listSecrets(endpoint, at) },
    { id: event.id, at, body: event.body },
  );
  const durationMs = Math.round(performance.now() - begun);
  const switchedOff = await deps.db.transaction(async (tx) => {
    const { httpStatus, failure, text } = answer;
    const attempt = { id: deps.newId(), deliveryId: leased.id, at, durationMs, httpStatus, failure };
    await insertAttempt(tx, { ...attempt, answer: text });
    return isTaken(answer) ? saveTaken(tx, deps, leased) : saveFailed(tx, deps, leased, answer);
  });
  if (switchedOff) deps.log("error", "webhook_endpoint_switched_off", { endpoint: endpoint.id, switchedOff });
}

/** The newest first; the one before as long as it still counts. */
export const listSecrets = (
  { secret, previousSecret, previousSecretUntil }: EndpointRow,
  now: Date,
): string[] =>
  previousSecret !== null && previousSecretUntil !== null && previousSecretUntil > now
    ? [secret, previousSecret]
    : [secret];

const isTaken = ({ httpStatus }: WebhookAnswer): boolean =>
  httpStatus !== null && httpStatus >= 200 && httpStatus < 300;

type SwitchedOff = "gone" | "failing" | undefined;

async function saveTaken(tx: Tx, { now }: DeliverDeps, leased: LeasedDelivery): Promise<SwitchedOff> {
  await saveDelivery(tx, leased, { status: "delivered", settledAt: now() });
  await markWorking(tx, leased.endpointId);
  return undefined;
}

async function saveFailed(
  tx: Tx,
  deps: DeliverDeps,
  leased: LeasedDelivery,
  { httpStatus }: WebhookAnswer,
): Promise<SwitchedOff> {
  const now = deps.now();
  const dueAt = nextTryAt(leased.tries, now, (deps.random(1)[0] ?? 0) / 255);
  await saveDelivery(tx, leased, dueAt ? { dueAt } : { status: "failed", settledAt: now });
  const since = await markFailing(tx, leased.endpointId, now);
  const isFailing = now.getTime() - since.getTime() >= failingLimitMs;
  const because = httpStatus === 410 ? "gone" : isFailing ? "failing" : undefined;
  const changed = because && (await disableEndpoint(tx, leased.endpointId, { because, now }));
  return changed ? because : undefined;
}
