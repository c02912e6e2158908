import { sign } from "@/lib/doku/signature";
import { receiveNotification } from "@/lib/operations/notifications/receive-notification";
import type { ReceiveNotification } from "@/lib/operations/notifications/receive-notification";
import { toReportBody } from "./doku-responses";
import { countFault } from "./fault-counts";
import { keys, notificationPath } from "./credentials";
import type { PendingNotification, Process, Trial } from "./trial";

export type NewNotification = Pick<PendingNotification, "bill" | "status" | "at"> &
  Partial<Pick<PendingNotification, "payment" | "amount" | "timestampOffsetSeconds">> & { inSeconds: number };

/** Queues a notification for delivery `inSeconds` from now. */
export function queueNotification(trial: Trial, { inSeconds, ...notification }: NewNotification): void {
  trial.pendingNotifications.push({
    payment: undefined,
    amount: undefined,
    timestampOffsetSeconds: 0,
    ...notification,
    requestId: trial.random.uuid(),
    timestamp: undefined,
    firstAt: undefined,
    retries: 0,
    dueAt: trial.clockMs + inSeconds * 1000,
  });
}

export type Message = { body: Uint8Array; requestId: string; timestamp: string; secret: string };

/** The message of this attempt: the gateway's behaviour decides what it repeats from the last one. */
export function toMessage(trial: Trial, notification: PendingNotification): Message {
  const { behaviour, random } = trial;
  const isRetry = notification.firstAt !== undefined;
  if (isRetry && !behaviour.retryKeepsRequestId) notification.requestId = random.uuid();
  const keepsTimestamp = isRetry && behaviour.retryKeepsTimestamp && notification.timestamp !== undefined;
  const now = trial.doku.ledger.now().getTime() + notification.timestampOffsetSeconds * 1000;
  const timestamp = keepsTimestamp ? notification.timestamp : `${new Date(now).toISOString().slice(0, 19)}Z`;
  notification.timestamp = timestamp;
  return {
    body: toMessageBody(trial, notification, isRetry),
    requestId: notification.requestId,
    timestamp: timestamp ?? "",
    secret: behaviour.signsWithPrevious && random.chance(0.4) ? (keys.previous ?? "") : keys.current,
  };
}

function toMessageBody(
  { behaviour, random, doku }: Trial,
  notification: PendingNotification,
  isRetry: boolean,
): Uint8Array {
  const { bill, status, at, amount } = notification;
  const changes = isRetry && !behaviour.retryKeepsIdentifiers && !bill.reusable;
  const payment =
    notification.payment && changes
      ? {
          ...notification.payment,
          identifiers: [{ name: "AGENT_TRX_ID", value: String(random.whole(1, 1e9)) }],
        }
      : notification.payment;
  const report = { status, at, payment, ...(amount !== undefined && { amount }) };
  const body = toReportBody(doku.ledger, bill, report);
  return Buffer.from(JSON.stringify(body, undefined, behaviour.prettyPrinted ? 2 : 0), "utf8");
}

/** Gives the message to one of the two programs, as an HTTP request would. @throws what the operation throws */
export async function postMessage(
  trial: Trial,
  process: Process,
  message: Message,
  changedHeaders: Record<string, string | undefined> = {},
): Promise<ReceiveNotification> {
  const { body, requestId, timestamp, secret } = message;
  const parts = {
    clientId: keys.clientId,
    requestId,
    timestampHeader: "Request-Timestamp",
    timestamp,
    target: notificationPath,
    body,
  } as const;
  const headers: Record<string, string | undefined> = {
    "Client-Id": keys.clientId,
    "Request-Id": requestId,
    "Request-Timestamp": timestamp,
    Signature: sign(parts, secret),
    ...changedHeaders,
  };
  const signed =
    (secret === keys.current || secret === keys.previous) && Object.keys(changedHeaders).length === 0;
  const sent = { requestId, bodyHex: Buffer.from(body).toString("hex"), signed, acknowledged: false };
  trial.sent.push(sent);
  const verdict = await receiveNotification(process.deps, {
    headers: (name) => headers[name],
    rawBody: body,
    network: () => "203.0.113.0/24",
  });
  sent.acknowledged = verdict.verdict !== "rejected";
  return verdict;
}

/** One attempt at delivery. DOKU retries what was not answered with success, and gives up after the third retry. */
export async function deliverNotification(
  trial: Trial,
  process: Process,
  notification: PendingNotification,
): Promise<string> {
  const message = toMessage(trial, notification);
  notification.firstAt ??= trial.clockMs;
  try {
    const { verdict, reason } = await postMessage(trial, process, message);
    if (verdict === "rejected") {
      scheduleRetry(trial, notification);
      return `rejected: ${reason}`;
    }
    if (reason !== "waits_for_check") {
      trial.delivered.add(`${notification.bill.invoice} ${notification.status}`);
      if (notification.payment) trial.delivered.add(`real ${notification.payment.id}`);
    } else countFault(trial.faults, "notification: out of time");
    if (trial.interleave && trial.random.chance(0.1)) {
      countFault(trial.faults, "notification: our answer is lost");
      scheduleRetry(trial, notification);
    } else notification.dueAt = undefined;
    return `${verdict}: ${reason}`;
  } catch (error) {
    scheduleRetry(trial, notification);
    throw error;
  }
}

export function scheduleRetry(trial: Trial, notification: PendingNotification): void {
  notification.firstAt ??= trial.clockMs;
  const delaysInHours = [...trial.behaviour.retriesAfterHours.slice(0, 2), getLastRetryHours(trial)];
  const hours = delaysInHours[notification.retries];
  notification.retries++;
  if (notification.retries > 1) countFault(trial.faults, "notification: second retry and later");
  if (hours === undefined) countFault(trial.faults, "notification: given up by DOKU");
  notification.dueAt = hours === undefined ? undefined : notification.firstAt + hours * 3_600_000;
}

const getLastRetryHours = ({ behaviour }: Trial): number => behaviour.retriesAfterHours[2] ?? 12;
