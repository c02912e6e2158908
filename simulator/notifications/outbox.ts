import type { Bill, Notification, Payment } from "../core/state";
import { after } from "../core/wib-time";
import { newId, nowOf, subjectOf, takeFault, type World } from "../core/world";
import { pause } from "../wire/http";
import { deliverRound } from "./deliver";
import { type Facts, notificationContent } from "./content";

const MINUTE_MS = 60_000;
const WAIT_STEP_MS = 15;
const LONGEST_WAIT_MS = 30_000;

function amountToTell(world: World, bill: Bill, amount: number): number {
  const fault = takeFault(world, "wrong_amount", subjectOf(bill));
  if (!fault) return amount;
  return fault.amount ?? amount + (fault.delta ?? 1);
}

function addNotification(world: World, bill: Bill, facts: Facts): Notification {
  const subject = subjectOf(bill);
  const now = nowOf(world);
  const late = takeFault(world, "late", subject);
  const atOnce = takeFault(world, "three_times_at_once", subject) !== undefined;
  const twice = takeFault(world, "twice", subject) !== undefined;
  const notification: Notification = {
    id: newId(),
    invoice: bill.invoice,
    channel: bill.channel,
    url: bill.overrideUrl ?? world.settings.notificationUrl,
    status: facts.status,
    content: notificationContent(world, bill, facts),
    requestId: newId(),
    firstTimestamp: null,
    createdAt: now.toISOString(),
    firstAttemptAt: null,
    nextAttemptAt: after(now, late?.ms ?? 0).toISOString(),
    retriesDone: 0,
    copies: atOnce ? 3 : twice ? 2 : 1,
    atOnce,
    state: "waiting",
    attempts: [],
  };
  world.state.notifications.set(notification.id, notification);
  world.changed();
  return notification;
}

const heldOf = (world: World, invoice: string): Notification[] =>
  [...world.state.notifications.values()].filter((item) => item.invoice === invoice && item.state === "held");

/** Delivers what is due now, and what waited for it. */
export async function deliverDue(world: World, notification: Notification): Promise<void> {
  await deliverRound(world, notification);
  if (notification.status !== "SUCCESS") return;
  for (const held of heldOf(world, notification.invoice)) {
    held.state = "waiting";
    await deliverRound(world, held);
  }
}

function startDelivery(world: World, notification: Notification): void {
  const due =
    notification.nextAttemptAt !== null && Date.parse(notification.nextAttemptAt) <= nowOf(world).getTime();
  if (notification.state === "waiting" && due) void deliverDue(world, notification);
}

/** A FAILED whose SUCCESS must come first waits for it; a SUCCESS without one gets an older FAILED behind it. */
function swapOrder(world: World, bill: Bill, notification: Notification, facts: Facts): void {
  const alreadyHeld = heldOf(world, bill.invoice).length > 0;
  if (alreadyHeld || !takeFault(world, "out_of_order", subjectOf(bill))) return;
  if (facts.status === "FAILED") {
    notification.state = "held";
    return;
  }
  const older = { ...facts, status: "FAILED" as const, date: after(facts.date, -MINUTE_MS), identifiers: [] };
  addNotification(world, bill, older).state = "held";
}

/** Tells the merchant of a payment. */
export function notifyPaid(world: World, bill: Bill, payment: Payment): Notification {
  const facts: Facts = {
    status: "SUCCESS",
    date: new Date(payment.date),
    amount: amountToTell(world, bill, payment.amount),
    identifiers: payment.identifiers,
    originalRequestId: payment.originalRequestId,
  };
  const notification = addNotification(world, bill, facts);
  swapOrder(world, bill, notification, facts);
  startDelivery(world, notification);
  return notification;
}

/** Tells the merchant that Indodana refused; not final (protocol 8.5). */
export function notifyFailed(world: World, bill: Bill): Notification {
  const identifiers = [{ name: "INDODANA_ORDER_ID", value: bill.invoice }];
  const facts: Facts = {
    status: "FAILED",
    date: nowOf(world),
    amount: bill.amount,
    identifiers,
    originalRequestId: bill.requestId,
  };
  const notification = addNotification(world, bill, facts);
  swapOrder(world, bill, notification, facts);
  startDelivery(world, notification);
  return notification;
}

/** Resolves when the first round is over, or when there is nothing to wait for. */
export async function firstRound(
  world: World,
  id: string | null,
  waitMs = LONGEST_WAIT_MS,
): Promise<Notification | undefined> {
  const notification = world.state.notifications.get(id ?? "");
  if (!notification) return undefined;
  const until = Date.now() + waitMs;
  while (Date.now() < until) {
    const underWay = world.onTheWay.has(notification.id);
    const untouched = notification.state === "waiting" && notification.firstAttemptAt === null;
    const dueAt = Date.parse(notification.nextAttemptAt ?? "");
    // Due only after the wait is over: nothing to wait for.
    const tooFar = dueAt - nowOf(world).getTime() > until - Date.now();
    if (!underWay && (!untouched || tooFar)) break;
    await pause(WAIT_STEP_MS);
  }
  return notification;
}
