import type { NotificationFacts } from "../channels/channel";
import { getPaylaterChannel } from "../channels/list";
import type { Bill, Notification, PaylaterOrder, Payment } from "../core/state";
import { addMs } from "../core/wib-time";
import { newId, currentTime, toFaultSubject, consumeFault, type Sandbox } from "../core/sandbox";
import { pause } from "../wire/call";
import { deliverRound } from "./deliver";
import { notificationContent } from "./content";

const MINUTE_MS = 60_000;
const WAIT_STEP_MS = 15;
const LONGEST_WAIT_MS = 30_000;

function toNotifiedAmount(sandbox: Sandbox, bill: Bill, amount: number): number {
  const fault = consumeFault(sandbox, "wrong_amount", toFaultSubject(bill));
  if (!fault) return amount;
  return fault.amount ?? amount + (fault.delta ?? 1);
}

function addNotification(sandbox: Sandbox, bill: Bill, facts: NotificationFacts): Notification {
  const subject = toFaultSubject(bill);
  const now = currentTime(sandbox);
  const late = consumeFault(sandbox, "late", subject);
  const atOnce = consumeFault(sandbox, "three_times_at_once", subject) !== undefined;
  const twice = consumeFault(sandbox, "twice", subject) !== undefined;
  const notification: Notification = {
    id: newId(),
    invoice: bill.invoice,
    channel: bill.channel,
    url: bill.overrideUrl ?? sandbox.settings.notificationUrl,
    status: facts.status,
    content: notificationContent(sandbox, bill, facts),
    requestId: newId(),
    firstTimestamp: null,
    createdAt: now.toISOString(),
    firstAttemptAt: null,
    nextAttemptAt: addMs(now, late?.ms ?? 0).toISOString(),
    retriesDone: 0,
    copies: atOnce ? 3 : twice ? 2 : 1,
    atOnce,
    state: "waiting",
    attempts: [],
  };
  sandbox.state.notifications.set(notification.id, notification);
  sandbox.changed();
  return notification;
}

const listHeld = (sandbox: Sandbox, invoice: string): Notification[] =>
  [...sandbox.state.notifications.values()].filter(
    (item) => item.invoice === invoice && item.state === "held",
  );

/** Delivers a notification, and after a SUCCESS those that were held back for it. */
export async function deliverDue(sandbox: Sandbox, notification: Notification): Promise<void> {
  await deliverRound(sandbox, notification);
  if (notification.status !== "SUCCESS") return;
  for (const held of listHeld(sandbox, notification.invoice)) {
    held.state = "waiting";
    await deliverRound(sandbox, held);
  }
}

function startDelivery(sandbox: Sandbox, notification: Notification): void {
  const due =
    notification.nextAttemptAt !== null &&
    Date.parse(notification.nextAttemptAt) <= currentTime(sandbox).getTime();
  if (notification.state === "waiting" && due) void deliverDue(sandbox, notification);
}

/** Under the fault `out_of_order` a FAILED waits for its SUCCESS, and a SUCCESS gets an older FAILED to follow it. */
function applyOutOfOrder(
  sandbox: Sandbox,
  bill: Bill,
  notification: Notification,
  facts: NotificationFacts,
): void {
  const alreadyHeld = listHeld(sandbox, bill.invoice).length > 0;
  if (alreadyHeld || !consumeFault(sandbox, "out_of_order", toFaultSubject(bill))) return;
  if (facts.status === "FAILED") {
    notification.state = "held";
    return;
  }
  const older = { ...facts, status: "FAILED" as const, date: addMs(facts.date, -MINUTE_MS), identifiers: [] };
  addNotification(sandbox, bill, older).state = "held";
}

/** Notifies the merchant of a payment. */
export function notifyPaid(sandbox: Sandbox, bill: Bill, payment: Payment): Notification {
  const facts: NotificationFacts = {
    status: "SUCCESS",
    date: new Date(payment.date),
    amount: toNotifiedAmount(sandbox, bill, payment.amount),
    identifiers: payment.identifiers,
    originalRequestId: payment.originalRequestId,
  };
  const notification = addNotification(sandbox, bill, facts);
  applyOutOfOrder(sandbox, bill, notification, facts);
  startDelivery(sandbox, notification);
  return notification;
}

/** Notifies the merchant that the lender refused; not final (protocol 8.5). */
export function notifyFailed(sandbox: Sandbox, bill: PaylaterOrder): Notification {
  const { identifiers } = getPaylaterChannel(bill.channel);
  const facts: NotificationFacts = {
    status: "FAILED",
    date: currentTime(sandbox),
    amount: bill.amount,
    identifiers: identifiers(bill),
    originalRequestId: bill.requestId,
  };
  const notification = addNotification(sandbox, bill, facts);
  applyOutOfOrder(sandbox, bill, notification, facts);
  startDelivery(sandbox, notification);
  return notification;
}

/** Resolves when the first round of deliveries is over, or when there is nothing to wait for. */
export async function waitForFirstRound(
  sandbox: Sandbox,
  id: string | null,
  waitMs = LONGEST_WAIT_MS,
): Promise<Notification | undefined> {
  const notification = sandbox.state.notifications.get(id ?? "");
  if (!notification) return undefined;
  const until = Date.now() + waitMs;
  while (Date.now() < until) {
    const underWay = sandbox.inDelivery.has(notification.id);
    const untouched = notification.state === "waiting" && notification.firstAttemptAt === null;
    const dueAt = Date.parse(notification.nextAttemptAt ?? "");
    // Due only after the wait is over: nothing to wait for.
    const tooFar = dueAt - currentTime(sandbox).getTime() > until - Date.now();
    if (!underWay && (!untouched || tooFar)) break;
    await pause(WAIT_STEP_MS);
  }
  return notification;
}
