import type { Attempt, Notification } from "../core/state";
import type { JsonObject } from "../core/json";
import { asObject, renderJson } from "../core/json";
import type { FaultSubject } from "../core/faults";
import { addMs, utcSeconds } from "../core/wib-time";
import {
  newDigits,
  newId,
  currentTime,
  toFaultSubject,
  consumeFault,
  wireTimestamp,
  type Sandbox,
} from "../core/sandbox";
import { postToMerchant } from "../wire/outbound";
import { signedRequestHeaders } from "../wire/signature";

const MINUTE_MS = 60_000;

/** Minutes after the first delivery (protocol 8.5; the third by the switch, 13 row 19). */
function retryOffsets(sandbox: Sandbox): number[] {
  return [30, 360, sandbox.state.switches.third_retry === "12h" ? 720 : 1_050];
}

export type Message = {
  url: string;
  requestId: string;
  timestamp: string;
  body: string;
  clientId?: string;
  wrongKey?: boolean;
  tampered?: boolean;
  withoutHeaders?: readonly string[];
};

/** Signs with the path of the target URL, without its query (protocol 2.2 d), and sends. */
export async function sendMessage(
  sandbox: Sandbox,
  message: Message,
  kind: Attempt["kind"],
): Promise<Attempt> {
  const { secretKey } = sandbox.settings;
  const headers = signedRequestHeaders(
    {
      clientId: message.clientId ?? sandbox.settings.clientId,
      requestId: message.requestId,
      timestamp: message.timestamp,
      target: new URL(message.url).pathname,
      body: message.body,
    },
    message.wrongKey ? `${secretKey}-wrong` : secretKey,
  );
  const kept = Object.entries(headers).filter(([name]) => !message.withoutHeaders?.includes(name));
  const sent = Object.fromEntries(kept);
  const body = message.tampered ? tamper(message.body) : message.body;
  const at = currentTime(sandbox).toISOString();
  const timeoutMs = sandbox.state.switches.notification_timeout_ms;
  const reply = await postToMerchant(sandbox, { url: message.url, headers: sent, body, timeoutMs });
  return {
    kind,
    at,
    requestId: message.requestId,
    headers: sent,
    body,
    status: reply.status,
    answer: reply.body.toString("utf8"),
    error: reply.error,
    durationMs: reply.durationMs,
  };
}

/** Changes the amount, or adds a blank where there is none. */
function tamper(body: string): string {
  const changed = body.replace(/"amount":\s*"?\d/, (start) => `${start}0`);
  return changed === body ? `${body} ` : changed;
}

/** The switch `retry_changes_identifiers`: the same payment under other acquirer references. */
function withOtherIdentifiers(content: JsonObject): JsonObject {
  const change = (block: unknown): JsonObject => {
    const { identifier, ...rest } = asObject(block);
    if (!Array.isArray(identifier)) return { ...rest };
    const changed = identifier.map((item: unknown) => ({ ...asObject(item), value: newDigits(12) }));
    return { ...rest, identifier: changed };
  };
  const changed: JsonObject = { ...content };
  for (const key of ["online_to_offline_payment", "peer_to_peer_info"]) {
    if (key in changed) changed[key] = change(changed[key]);
  }
  return changed;
}

function findNotificationSubject(sandbox: Sandbox, notification: Notification): FaultSubject {
  const bill = sandbox.state.bills.get(notification.invoice);
  if (bill) return toFaultSubject(bill);
  return { invoice: notification.invoice, customer: "", channel: notification.channel };
}

function compose(
  sandbox: Sandbox,
  notification: Notification,
  kind: Attempt["kind"],
  subject: FaultSubject,
): Message {
  const { switches } = sandbox.state;
  const freshId =
    consumeFault(sandbox, "new_request_id_each_time", subject) !== undefined ||
    (kind === "retry" && !switches.retry_keeps_request_id) ||
    (kind === "manual" && switches.manual_retry_new_request_id);
  const timestamp = wireTimestamp(sandbox);
  notification.firstTimestamp ??= timestamp;
  const keepsTimestamp = kind === "retry" && !switches.retry_refreshes_timestamp;
  const other = kind !== "first" && switches.retry_changes_identifiers;
  const pretty =
    consumeFault(sandbox, "pretty_printed", subject) !== undefined || switches.notification_pretty_printed;
  return {
    url: notification.url,
    requestId: freshId ? newId() : notification.requestId,
    timestamp: keepsTimestamp ? notification.firstTimestamp : timestamp,
    body: renderJson(other ? withOtherIdentifiers(notification.content) : notification.content, {
      amounts: switches.notification_amount,
      pretty,
    }),
    wrongKey: consumeFault(sandbox, "bad_signature", subject) !== undefined,
    tampered: consumeFault(sandbox, "tampered_body", subject) !== undefined,
  };
}

function lostAttempt(sandbox: Sandbox, notification: Notification, kind: Attempt["kind"]): Attempt {
  const at = currentTime(sandbox).toISOString();
  const { requestId } = notification;
  const nothing = { headers: {}, body: "", status: null, answer: "", durationMs: 0 };
  return { kind, at, requestId, ...nothing, error: "lost on the way" };
}

async function sendCopies(
  sandbox: Sandbox,
  notification: Notification,
  kind: Attempt["kind"],
): Promise<Attempt[]> {
  const subject = findNotificationSubject(sandbox, notification);
  const lost = consumeFault(sandbox, "never", subject);
  if (lost?.forever) notification.state = "dropped";
  if (lost) return [lostAttempt(sandbox, notification, kind)];
  // The switches of doubled deliveries concern the first round: a retry is one message.
  const copies = kind === "first" ? notification.copies : 1;
  const sendOne = () => sendMessage(sandbox, compose(sandbox, notification, kind, subject), kind);
  if (notification.atOnce) return Promise.all(Array.from({ length: copies }, sendOne));
  const attempts: Attempt[] = [];
  for (let copy = 0; copy < copies; copy += 1) attempts.push(await sendOne());
  return attempts;
}

/** Any 2xx counts as received (protocol 8.1). */
export const isAcknowledged = (attempt: Attempt): boolean =>
  attempt.status !== null && attempt.status >= 200 && attempt.status < 300;

function planNext(
  sandbox: Sandbox,
  notification: Notification,
  kind: Attempt["kind"],
  startedAt: Date,
): void {
  notification.firstAttemptAt ??= startedAt.toISOString();
  if (kind === "retry") notification.retriesDone += 1;
  if (notification.state === "dropped" || notification.attempts.some(isAcknowledged)) {
    if (notification.state !== "dropped") notification.state = "acknowledged";
    notification.nextAttemptAt = null;
    return;
  }
  if (kind === "manual") return;
  const offset = retryOffsets(sandbox)[notification.retriesDone];
  if (offset === undefined) notification.state = "given_up";
  notification.nextAttemptAt =
    offset === undefined
      ? null
      : addMs(new Date(notification.firstAttemptAt), offset * MINUTE_MS).toISOString();
}

/** One round of deliveries: the first, an automatic retry, or a manual one. One round at a time. */
export async function deliverRound(
  sandbox: Sandbox,
  notification: Notification,
  manual = false,
): Promise<Attempt[]> {
  if (sandbox.inDelivery.has(notification.id)) return [];
  sandbox.inDelivery.add(notification.id);
  try {
    const kind = manual ? "manual" : notification.firstAttemptAt === null ? "first" : "retry";
    const startedAt = currentTime(sandbox);
    const attempts = await sendCopies(sandbox, notification, kind);
    notification.attempts.push(...attempts);
    planNext(sandbox, notification, kind, startedAt);
    sandbox.log(
      `notification ${notification.status} of ${notification.invoice}, ${kind}, ${utcSeconds(startedAt)}: ` +
        attempts.map((attempt) => attempt.status ?? attempt.error).join(", "),
    );
    return attempts;
  } finally {
    sandbox.inDelivery.delete(notification.id);
    sandbox.changed();
  }
}
