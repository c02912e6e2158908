import { sign } from "@/lib/doku/signature";
import { receiveNotification } from "@/lib/operations/notifications/receive-notification";
import type { ReceiveNotification } from "@/lib/operations/notifications/receive-notification";
import { document } from "./doku-responses";
import { count } from "./fault-counts";
import type { Bill, RealPayment } from "./ledger";
import { keys, notificationPath } from "./process";
import type { Process, Trial } from "./trial";

/** One thing that DOKU has to tell, and how far it has come with it. */
export type TransactionReport = {
  bill: Bill;
  payment: RealPayment | undefined;
  status: string;
  at: Date;
  /** Another amount than the bill's, by DOKU's mistake. */
  amount: number | undefined;
  requestId: string;
  timestamp: string | undefined;
  firstAt: number | undefined;
  retries: number;
  /** Milliseconds; undefined when DOKU has done with it. */
  dueAt: number | undefined;
  /** How far its timestamp is from the truth. Seconds. */
  stampedOff: number;
};

export type Telling = Pick<TransactionReport, "bill" | "status" | "at"> &
  Partial<Pick<TransactionReport, "payment" | "amount" | "stampedOff">> & { inSeconds: number };

/** DOKU has something to tell, now or in a while. */
export function announce(trial: Trial, { inSeconds, ...telling }: Telling): void {
  trial.notices.push({
    payment: undefined,
    amount: undefined,
    stampedOff: 0,
    ...telling,
    requestId: trial.random.uuid(),
    timestamp: undefined,
    firstAt: undefined,
    retries: 0,
    dueAt: trial.clock + inSeconds * 1000,
  });
}

export type Message = { body: Uint8Array; requestId: string; timestamp: string; secret: string };

/** The message of this try: DOKU's habits say what stays the same as in the last one. */
export function messageOf(trial: Trial, notice: TransactionReport): Message {
  const { habits, random } = trial;
  const isRetry = notice.firstAt !== undefined;
  if (isRetry && !habits.retryKeepsRequestId) notice.requestId = random.uuid();
  const keepsStamp = isRetry && habits.retryKeepsTimestamp && notice.timestamp !== undefined;
  const now = trial.doku.ledger.now().getTime() + notice.stampedOff * 1000;
  const timestamp = keepsStamp ? notice.timestamp : `${new Date(now).toISOString().slice(0, 19)}Z`;
  notice.timestamp = timestamp;
  return {
    body: bodyOf(trial, notice, isRetry),
    requestId: notice.requestId,
    timestamp: timestamp ?? "",
    secret: habits.signsWithPrevious && random.chance(0.4) ? (keys.previous ?? "") : keys.current,
  };
}

function bodyOf({ habits, random, doku }: Trial, notice: TransactionReport, isRetry: boolean): Uint8Array {
  const { bill, status, at, amount } = notice;
  const changes = isRetry && !habits.retryKeepsIdentifiers && !bill.reusable;
  const payment =
    notice.payment && changes
      ? { ...notice.payment, identifiers: [{ name: "AGENT_TRX_ID", value: String(random.whole(1, 1e9)) }] }
      : notice.payment;
  const told = { status, at, payment, ...(amount !== undefined && { amount }) };
  const body = document(doku.ledger, bill, told);
  return Buffer.from(JSON.stringify(body, undefined, habits.prettyPrinted ? 2 : 0), "utf8");
}

/** Sends the message to one of our programs, as HTTP would bring it. @throws what the operation throws */
export async function post(
  trial: Trial,
  process: Process,
  message: Message,
  changed: Record<string, string | undefined> = {},
): Promise<ReceiveNotification> {
  const { body, requestId, timestamp, secret } = message;
  const parts = {
    clientId: keys.clientId,
    requestId,
    stamp: "Request-Timestamp",
    timestamp,
    target: notificationPath,
    body,
  } as const;
  const headers: Record<string, string | undefined> = {
    "Client-Id": keys.clientId,
    "Request-Id": requestId,
    "Request-Timestamp": timestamp,
    Signature: sign(parts, secret),
    ...changed,
  };
  const signed = (secret === keys.current || secret === keys.previous) && Object.keys(changed).length === 0;
  const sent = { requestId, bodyHex: Buffer.from(body).toString("hex"), signed, acknowledged: false };
  trial.sent.push(sent);
  const verdict = await receiveNotification(process.deps, {
    headers: (name) => headers[name],
    rawBody: body,
  });
  sent.acknowledged = verdict.verdict !== "rejected";
  return verdict;
}

/** One try of DOKU's to tell; what is not answered with success is tried again, and given up after the third time. */
export async function tell(trial: Trial, process: Process, notice: TransactionReport): Promise<string> {
  const message = messageOf(trial, notice);
  notice.firstAt ??= trial.clock;
  try {
    const { verdict, reason } = await post(trial, process, message);
    if (verdict === "rejected") {
      retryLater(trial, notice);
      return `rejected: ${reason}`;
    }
    if (reason !== "waits_for_check") {
      trial.heard.add(`${notice.bill.invoice} ${notice.status}`);
      if (notice.payment) trial.heard.add(`real ${notice.payment.id}`);
    } else count(trial.faults, "notification: out of time");
    if (trial.meanwhile && trial.random.chance(0.1)) {
      count(trial.faults, "notification: our answer is lost");
      retryLater(trial, notice);
    } else notice.dueAt = undefined;
    return `${verdict}: ${reason}`;
  } catch (error) {
    retryLater(trial, notice);
    throw error;
  }
}

export function retryLater(trial: Trial, notice: TransactionReport): void {
  notice.firstAt ??= trial.clock;
  const pauses = [...trial.habits.retriesAfter.slice(0, 2), lastOf(trial)];
  const hours = pauses[notice.retries];
  notice.retries++;
  if (notice.retries > 1) count(trial.faults, "notification: second retry and later");
  if (hours === undefined) count(trial.faults, "notification: given up by DOKU");
  notice.dueAt = hours === undefined ? undefined : notice.firstAt + hours * 3_600_000;
}

const lastOf = ({ habits }: Trial): number => habits.retriesAfter[2] ?? 12;
