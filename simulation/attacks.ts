import { sql } from "drizzle-orm";
import { sign } from "@/lib/doku/signature";
import { checkUnchanged } from "./checks-messages";
import { document } from "./doku-responses";
import { count } from "./fault-counts";
import type { Bill } from "./ledger";
import { announce, messageOf, post } from "./notifications";
import type { Message } from "./notifications";
import { keys, notificationPath } from "./process";
import { readPicture } from "./snapshot";
import type { Act } from "./shopper-actions";
import { must } from "./trial";
import type { Trial } from "./trial";

/** Somebody without the key wants an order to be paid. */
export const forge: Act = async (trial, process) => {
  const { random } = trial;
  const bill = aBill(trial);
  if (!bill) return "nothing to forge";
  const message = aMessage(trial, bill);
  const how = random.pick(["other key", "other body", "no signature", "other client", "twice", "reflected"]);
  count(trial.faults, `forged: ${how}`);
  const before = await readPicture(trial.db);
  const { sent, changed } = forged(message, how);
  const { verdict } = await undisturbed(trial, () => post(trial, process, sent, changed));
  must(verdict === "rejected", "I3 a forged message is rejected", how);
  if (trial.depth === 1)
    checkUnchanged(before, await readPicture(trial.db), "I3 a forged message changes nothing");
  return how;
};

function forged(
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
      // Signed as it was, and then one space longer.
      const Signature = sign({ ...parts, stamp: "Request-Timestamp" }, secret);
      return { sent: { ...message, body: Buffer.concat([body, Buffer.from(" ")]) }, changed: { Signature } };
    }
  }
}

/** With nothing else happening, so that whatever moved was moved by this. */
async function undisturbed<T>(trial: Trial, work: () => Promise<T>): Promise<T> {
  const { meanwhile } = trial;
  trial.meanwhile = undefined;
  try {
    return await work();
  } finally {
    trial.meanwhile = meanwhile;
  }
}

const aBill = ({ random, doku }: Trial): Bill | undefined => {
  const bills = [...doku.ledger.bills.values()];
  return bills.length > 0 ? random.pick(bills) : undefined;
};

function aMessage(trial: Trial, bill: Bill): Message {
  announce(trial, { bill, status: "SUCCESS", at: trial.doku.ledger.now(), inSeconds: 0 });
  const notice = trial.notices.pop();
  if (!notice) throw new Error("just announced");
  return messageOf(trial, notice);
}

/** DOKU's key under a wrong amount: never paid by it, and a person asked. */
export const otherAmount: Act = async (trial, process) => {
  const { random } = trial;
  const bill = aBill(trial);
  if (!bill) return "nothing to say";
  const amount = random.pick([
    bill.amount + 1,
    bill.amount - 1,
    bill.amount * 10,
    1,
    bill.amount + 0.5,
    -bill.amount,
  ]);
  if (bill.amounts.has(amount)) return "an amount of its own";
  count(trial.faults, "notification: another amount");
  const { ledger } = trial.doku;
  const body = document(ledger, bill, { status: "SUCCESS", at: ledger.now(), payment: undefined, amount });
  const message = { ...aMessage(trial, bill), body: Buffer.from(JSON.stringify(body)) };
  const { verdict } = await post(trial, process, message);
  must(verdict !== "applied", "I9 another amount is never applied", amount);
  return `${bill.invoice} ${amount}: ${verdict}`;
};

/** Signed bytes that are no notification of a payment of ours; some are not even text. */
export const strange: Act = async (trial, process) => {
  const { random } = trial;
  const bill = aBill(trial);
  const bodies: Record<string, Uint8Array> = {
    "not UTF-8": Buffer.from([0x7b, 0x22, 0xe9, 0x22, 0x3a, 0xff, 0x7d]),
    "a byte order mark": Buffer.from("\ufeff{}"),
    "an empty body": Buffer.alloc(0),
    "no object": Buffer.from("[]"),
    "a word nobody knows": Buffer.from(
      `{"order":{"invoice_number":"${bill?.invoice}"},"transaction":{"status":"DONE"}}`,
    ),
    "somebody else's invoice": Buffer.from(
      `{"order":{"invoice_number":"INV-${random.whole(1, 99)}","amount":1},"transaction":{"status":"SUCCESS","date":"2026-11-21T05:10:00Z"}}`,
    ),
  };
  const [name, body] = random.pick(Object.entries(bodies));
  count(trial.faults, `notification: ${name}`);
  const { doku } = trial;
  const timestamp = `${doku.ledger.now().toISOString().slice(0, 19)}Z`;
  const before = await readPicture(trial.db);
  const message = { body, requestId: random.uuid(), timestamp, secret: keys.current };
  const { verdict } = await undisturbed(trial, () => post(trial, process, message));
  must(verdict === "orphan", "what is signed and strange is kept as an orphan", { name, verdict });
  const after = await readPicture(trial.db);
  if (trial.depth === 1)
    must(before.payments.length === after.payments.length, "an orphan moves nothing", name);
  return name;
};

/** The database is away for a moment: operations throw, nothing changes, DOKU comes again. */
export const loseDatabase: Act = async (trial, process) => {
  const bill = aBill(trial);
  if (!bill) return "nothing to lose";
  const message = aMessage(trial, bill);
  const before = await readPicture(trial.db);
  trial.databaseDown = true;
  count(trial.faults, "database: away");
  const verdict = await post(trial, process, { ...message, secret: keys.current }).catch(() => undefined);
  trial.databaseDown = false;
  must(verdict === undefined, "I2 nothing is acknowledged without the database", verdict);
  const after = await readPicture(trial.db);
  if (trial.depth === 1) checkUnchanged(before, after, "I2 without the database nothing changes");
  return "thrown";
};

/**
 * A backup is restored that does not know a payment: its messages are orphans then. Afterwards the payment is there, as
 * when the rest of the backup is played in.
 */
export const forget: Act = async (trial, process) => {
  const { random } = trial;
  const waiting = trial.notices.filter(({ dueAt }) => dueAt !== undefined && dueAt <= trial.clock);
  if (waiting.length === 0 || trial.depth > 1) return "nothing to forget";
  const { bill } = random.pick(waiting);
  const hidden = `HIDDEN-${bill.invoice}`;
  const rename = (from: string, to: string) =>
    trial.db.execute(sql`update payments set invoice_number = ${to} where invoice_number = ${from}`);
  await rename(bill.invoice, hidden);
  try {
    const notice = waiting.find((candidate) => candidate.bill === bill);
    if (!notice) return "nothing to forget";
    count(trial.faults, "backup: an invoice that is not known yet");
    const { verdict } = await undisturbed(trial, () => post(trial, process, messageOf(trial, notice)));
    must(verdict === "orphan", "a signed message of an unknown invoice is an orphan", verdict);
    notice.dueAt = undefined;
    notice.firstAt ??= trial.clock;
    // Known by the match from now on, whether DOKU ever says it again or not.
    trial.heard.add(`${bill.invoice} ${notice.status}`);
    if (notice.payment) trial.heard.add(`real ${notice.payment.id}`);
  } finally {
    await rename(hidden, bill.invoice);
  }
  return bill.invoice;
};
