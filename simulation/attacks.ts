import { sql } from "drizzle-orm";
import { sign } from "@/lib/doku/signature";
import { checkUnchanged } from "./checks-messages";
import { toReportBody } from "./doku-responses";
import { countFault } from "./fault-counts";
import type { Bill } from "./ledger";
import { queueNotification, toMessage, postMessage } from "./notifications";
import type { Message } from "./notifications";
import { keys, notificationPath } from "./credentials";
import { takeSnapshot } from "./snapshot";
import { invariant } from "./trial";
import type { Action, Trial } from "./trial";

/** A notification that was forged without the secret key. */
export const sendForged: Action = async (trial, process) => {
  const { random } = trial;
  const bill = pickBill(trial);
  if (!bill) return "nothing to forge";
  const message = createMessage(trial, bill);
  const how = random.pick(["other key", "other body", "no signature", "other client", "twice", "reflected"]);
  countFault(trial.faults, `forged: ${how}`);
  const before = await takeSnapshot(trial.db);
  const { sent, changed } = forgeMessage(message, how);
  const { verdict } = await withoutInterleaving(trial, () => postMessage(trial, process, sent, changed));
  invariant(verdict === "rejected", "I3 a forged message is rejected", how);
  if (trial.depth === 1)
    checkUnchanged(before, await takeSnapshot(trial.db), "I3 a forged message changes nothing");
  return how;
};

function forgeMessage(
  message: Message,
  how: string,
): { sent: Message; changed: Record<string, string | undefined> } {
  switch (how) {
    case "other key":
      return { sent: { ...message, secret: "SK-guessed" }, changed: {} };
    case "no signature":
      return { sent: message, changed: { Signature: undefined } };
    case "other client":
      return { sent: message, changed: { "Client-Id": "MCH-9999-1" } };
    case "twice":
      return { sent: message, changed: { "Request-Id": `${message.requestId}, x` } };
    case "reflected":
      return { sent: message, changed: { "Request-Timestamp": "2026-01-01T00:00:00Z" } };
    default: {
      const { requestId, timestamp, body, secret } = message;
      const parts = { clientId: keys.clientId, requestId, timestamp, target: notificationPath, body };
      // Signed, and then made one space longer.
      const Signature = sign({ ...parts, timestampHeader: "Request-Timestamp" }, secret);
      return { sent: { ...message, body: Buffer.concat([body, Buffer.from(" ")]) }, changed: { Signature } };
    }
  }
}

/** Runs `work` without interleaved actions, so that any change comes from it. */
async function withoutInterleaving<T>(trial: Trial, work: () => Promise<T>): Promise<T> {
  const { interleave } = trial;
  trial.interleave = undefined;
  try {
    return await work();
  } finally {
    trial.interleave = interleave;
  }
}

const pickBill = ({ random, doku }: Trial): Bill | undefined => {
  const bills = [...doku.ledger.bills.values()];
  return bills.length > 0 ? random.pick(bills) : undefined;
};

function createMessage(trial: Trial, bill: Bill): Message {
  queueNotification(trial, { bill, status: "SUCCESS", at: trial.doku.ledger.now(), inSeconds: 0 });
  const notification = trial.pendingNotifications.pop();
  if (!notification) throw new Error("just queued");
  return toMessage(trial, notification);
}

/** A correctly signed notification of another amount: it never pays the order. */
export const sendOtherAmount: Action = async (trial, process) => {
  const { random } = trial;
  const bill = pickBill(trial);
  if (!bill) return "nothing to send";
  const amount = random.pick([
    bill.amount + 1,
    bill.amount - 1,
    bill.amount * 10,
    1,
    bill.amount + 0.5,
    -bill.amount,
  ]);
  if (bill.amounts.has(amount)) return "an amount that it has had";
  countFault(trial.faults, "notification: another amount");
  const { ledger } = trial.doku;
  const body = toReportBody(ledger, bill, {
    status: "SUCCESS",
    at: ledger.now(),
    payment: undefined,
    amount,
  });
  const message = { ...createMessage(trial, bill), body: Buffer.from(JSON.stringify(body)) };
  const { verdict } = await postMessage(trial, process, message);
  invariant(verdict !== "applied", "I9 another amount is never applied", amount);
  return `${bill.invoice} ${amount}: ${verdict}`;
};

/** Correctly signed bytes that are no notification of a known payment; some are not even text. */
export const sendUnreadable: Action = async (trial, process) => {
  const { random } = trial;
  const bill = pickBill(trial);
  const bodies: Record<string, Uint8Array> = {
    "not UTF-8": Buffer.from([0x7b, 0x22, 0xe9, 0x22, 0x3a, 0xff, 0x7d]),
    "a byte order mark": Buffer.from("\ufeff{}"),
    "an empty body": Buffer.alloc(0),
    "no object": Buffer.from("[]"),
    "an unknown status": Buffer.from(
      `{"order":{"invoice_number":"${bill?.invoice}"},"transaction":{"status":"DONE"}}`,
    ),
    "another merchant's invoice": Buffer.from(
      `{"order":{"invoice_number":"INV-${random.whole(1, 99)}","amount":1},"transaction":{"status":"SUCCESS","date":"2026-11-21T05:10:00Z"}}`,
    ),
  };
  const [name, body] = random.pick(Object.entries(bodies));
  countFault(trial.faults, `notification: ${name}`);
  const { doku } = trial;
  const timestamp = `${doku.ledger.now().toISOString().slice(0, 19)}Z`;
  const before = await takeSnapshot(trial.db);
  const message = { body, requestId: random.uuid(), timestamp, secret: keys.current };
  const { verdict } = await withoutInterleaving(trial, () => postMessage(trial, process, message));
  invariant(verdict === "orphan", "a signed message that cannot be parsed is kept as an orphan", {
    name,
    verdict,
  });
  const after = await takeSnapshot(trial.db);
  if (trial.depth === 1)
    invariant(before.payments.length === after.payments.length, "an orphan changes no payment", name);
  return name;
};

/** The database is unreachable for a moment: operations throw, nothing changes, DOKU retries. */
export const loseDatabase: Action = async (trial, process) => {
  const bill = pickBill(trial);
  if (!bill) return "nothing to send";
  const message = createMessage(trial, bill);
  const before = await takeSnapshot(trial.db);
  trial.databaseDown = true;
  countFault(trial.faults, "database: away");
  const verdict = await postMessage(trial, process, { ...message, secret: keys.current }).catch(
    () => undefined,
  );
  trial.databaseDown = false;
  invariant(verdict === undefined, "I2 nothing is acknowledged without the database", verdict);
  const after = await takeSnapshot(trial.db);
  if (trial.depth === 1) checkUnchanged(before, after, "I2 without the database nothing changes");
  return "thrown";
};

/**
 * As after the restore of an older backup, a payment is unknown and its notification becomes an orphan. Afterwards the
 * payment is there again, as when the write-ahead log has been replayed.
 */
export const hideInvoice: Action = async (trial, process) => {
  const { random } = trial;
  const waiting = trial.pendingNotifications.filter(
    ({ dueAt }) => dueAt !== undefined && dueAt <= trial.clockMs,
  );
  if (waiting.length === 0 || trial.depth > 1) return "nothing to hide";
  const { bill } = random.pick(waiting);
  const hidden = `HIDDEN-${bill.invoice}`;
  const rename = (from: string, to: string) =>
    trial.db.execute(sql`update payments set invoice_number = ${to} where invoice_number = ${from}`);
  await rename(bill.invoice, hidden);
  try {
    const notification = waiting.find((candidate) => candidate.bill === bill);
    if (!notification) return "nothing to hide";
    countFault(trial.faults, "backup: an invoice that is not known yet");
    const { verdict } = await withoutInterleaving(trial, () =>
      postMessage(trial, process, toMessage(trial, notification)),
    );
    invariant(verdict === "orphan", "a signed message of an unknown invoice is an orphan", verdict);
    notification.dueAt = undefined;
    notification.firstAt ??= trial.clockMs;
    // It will be matched later, even if DOKU never sends it again.
    trial.delivered.add(`${bill.invoice} ${notification.status}`);
    if (notification.payment) trial.delivered.add(`real ${notification.payment.id}`);
  } finally {
    await rename(hidden, bill.invoice);
  }
  return bill.invoice;
};
