import { requeueDelivery } from "@/db/queries/webhooks/deliveries";
import { endDueSessions } from "@/lib/operations/sessions/end-session";
import { countFault } from "./fault-counts";
import { sendCall } from "./session-actions";
import { takeWebhookSnapshot } from "./snapshot";
import type { DeliveryRecord, WebhookSnapshot } from "./snapshot";
import { advanceClock, invariant } from "./trial";
import type { Process, Trial } from "./trial";
import { announceWritten, deliverDueEvents } from "./webhook-jobs";

/** As often as an event is sent before it is given up. */
const maxTries = 10;

/**
 * The shop repeats its calls, every session ends, and what is in the outbox is sent until nothing is left: with a shop that
 * takes everything.
 */
export async function quiesceShop(trial: Trial): Promise<void> {
  const worker = trial.processes[1];
  if (!worker) throw new Error("no worker");
  trial.shop.faultProbability = 0;
  // A run that was cut off has its key for a minute.
  advanceClock(trial, 61);
  await repeatCalls(trial, worker);
  // Longer than the longest session.
  advanceClock(trial, 2 * 86_400);
  while ((await endDueSessions(worker.deps)) > 0);
  for (let round = 0; ; round++) {
    invariant(round < 50, "sending events comes to an end", trial.shop.endpoints);
    while ((await announceWritten(worker, 100)) > 0);
    await deliverDueEvents(worker);
    const next = findNextTry(await resendFailed(trial, worker));
    if (next === undefined) return;
    trial.clockMs = Math.max(trial.clockMs, next) + 1;
  }
}

/** A call that was cut off before anything was saved may come too late for the time that it asks for. */
async function repeatCalls(trial: Trial, worker: Process): Promise<void> {
  for (const call of trial.shop.calls) {
    const outcome = await sendCall(trial, worker, call);
    const isAnswered = call.orderId !== undefined || outcome === "expires_out_of_range";
    invariant(isAnswered, "I8 a call is answered a minute after it was cut off", { call, outcome });
  }
}

/** The merchant sends again by hand what was given up. */
async function resendFailed({ db, faults, clockMs }: Trial, { deps }: Process): Promise<WebhookSnapshot> {
  const snapshot = await takeWebhookSnapshot(db);
  const failed = snapshot.deliveries.filter(({ status }) => status === "failed");
  for (const { id, tries } of failed) {
    invariant(tries >= maxTries, `an event is given up after ${maxTries} tries only`, { id, tries });
    countFault(faults, "shop: an event is given up, and sent again by hand");
    await requeueDelivery(deps.db, id, new Date(clockMs));
  }
  return failed.length > 0 ? takeWebhookSnapshot(db) : snapshot;
}

/** When the next event is due for an endpoint that is on. */
function findNextTry({ endpoints, deliveries }: WebhookSnapshot): number | undefined {
  const on = new Set(endpoints.filter(isOn).map(({ id }) => id));
  const waiting = deliveries.filter(({ status, endpoint_id }) => status === "pending" && on.has(endpoint_id));
  return waiting.length === 0 ? undefined : Math.min(...waiting.map(toDueMs));
}

export const isOn = ({ disabled_at, deleted_at }: WebhookSnapshot["endpoints"][number]): boolean =>
  disabled_at === null && deleted_at === null;

/** When it may be tried next. */
export const toDueMs = ({ due_at, leased_until }: Pick<DeliveryRecord, "due_at" | "leased_until">): number =>
  Math.max(Date.parse(due_at), Date.parse(leased_until ?? "") || 0);
