import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { findMailTrouble, leaseEmail, listOrderEmails } from "@/db/queries/emails";
import { orders, payments } from "@/db/schema";
import type { EmailMessage, SendResult } from "@/lib/email/email";
import { hashAddress } from "@/lib/email/opt-out";
import { aPayment, deliver, newestPayment, notificationBody, shopper } from "@/test/context";
import { context, database, setupTestContext } from "@/test/setup-context";
import { count } from "@/test/stored";
import { announceEvents } from "../webhooks/announce-events";
import { chooseReminders } from "./choose-reminders";
import { deliverEmail, emailLeaseMs } from "./deliver-email";
import type { WriteEmail } from "./deliver-email";

setupTestContext();

let sent: EmailMessage[] = [];
let answer: SendResult = { outcome: "sent" };
beforeEach(() => {
  sent = [];
  answer = { outcome: "sent" };
});

const write: WriteEmail = async ({ kind, locale }) => ({
  ...{ subject: `${kind} ${locale}`, text: "", html: "", logo: undefined, unsubscribeUrl: undefined },
});
const send = (message: EmailMessage) => {
  sent.push(message);
  return Promise.resolve(answer);
};

const lease = () => {
  const now = context.deps.now();
  return leaseEmail(database.db, { now, until: new Date(now.getTime() + emailLeaseMs) });
};

const announce = () => announceEvents(context.deps, () => undefined, { withEmails: true });

/** Makes and sends all that is due. @returns the subjects */
async function sendDue(): Promise<string[]> {
  await announce();
  const before = sent.length;
  for (let leased = await lease(); leased; leased = await lease())
    await deliverEmail(context.deps, { write, send }, leased);
  return sent.slice(before).map(({ subject }) => subject);
}

const listStates = async (payment: { orderId: Parameters<typeof listOrderEmails>[1] }) =>
  (await listOrderEmails(database.db, payment.orderId)).map(({ kind, status, reason }) => [
    kind,
    status,
    reason,
  ]);

describe("e-mails to shoppers", () => {
  test("bring the code, and after the payment the receipt, once each", async () => {
    const payment = await aPayment(context);
    await Promise.all([announce(), announce(), announce()]);
    expect(await sendDue()).toEqual(["code_made id"]);
    expect(sent[0]?.to).toBe(shopper.email);
    await deliver(context, notificationBody(payment));
    await deliver(context, notificationBody(payment));
    expect(await sendDue()).toEqual(["paid id"]);
    context.advanceClock(86_400);
    expect(await sendDue()).toEqual([]);
    expect((await listStates(payment)).toSorted()).toEqual([
      ["code_ending", "skipped", "over"],
      ["code_made", "sent", null],
      ["paid", "sent", null],
    ]);
  });

  test("are in the language in which the shopper used the checkout", async () => {
    const payment = await aPayment(context);
    await database.db.update(orders).set({ locale: "en" }).where(eq(orders.id, payment.orderId));
    expect(await sendDue()).toEqual(["code_made en"]);
  });

  test("are neither made nor sent without an address, or without a mail server", async () => {
    const unreachable = await aPayment(context);
    await database.db.update(orders).set({ customerEmail: null }).where(eq(orders.id, unreachable.orderId));
    expect(await sendDue()).toEqual([]);
    await aPayment(context);
    await announceEvents(context.deps, () => undefined);
    expect(await count("outbox")).toBe(0);
    expect(await sendDue()).toEqual([]);
    expect(await count("emails")).toBe(0);
  });

  test("remind once, a quarter of the time before the deadline", async () => {
    const payment = await aPayment(context);
    await sendDue();
    context.advanceClock(44 * 60);
    expect(await sendDue()).toEqual([]);
    context.advanceClock(2 * 60);
    expect(await sendDue()).toEqual(["code_ending id"]);
    expect(await sendDue()).toEqual([]);
    expect(await listStates(payment)).toHaveLength(2);
  });

  test("do not remind of a deadline that has moved", async () => {
    const payment = await aPayment(context);
    await sendDue();
    const later = new Date(context.deps.now().getTime() + 2 * 3_600_000);
    await database.db.update(payments).set({ expiresAt: later }).where(eq(payments.id, payment.id));
    context.advanceClock(50 * 60);
    expect(await sendDue()).toEqual([]);
    expect(await listStates(payment)).toContainEqual(["code_ending", "skipped", "over"]);
  });

  test("are no reminders for an address that wants none, for later orders too, until it wants them", async () => {
    const addressHash = hashAddress(shopper.email);
    await chooseReminders(context.deps, { addressHash, wanted: false });
    await chooseReminders(context.deps, { addressHash, wanted: false });
    const payment = await aPayment(context);
    expect(await sendDue()).toHaveLength(1);
    context.advanceClock(46 * 60);
    expect(await sendDue()).toEqual([]);
    expect(await listStates(payment)).toContainEqual(["code_ending", "skipped", "opted_out"]);
    await chooseReminders(context.deps, { addressHash, wanted: true });
    await aPayment(context);
    await sendDue();
    context.advanceClock(46 * 60);
    expect(await sendDue()).toHaveLength(1);
  });

  test("say that money is being checked, and not to pay", async () => {
    const payment = await aPayment(context);
    await deliver(context, notificationBody(payment, { amount: 1000 }));
    expect(await sendDue()).toEqual(["under_review id"]);
    expect(await listStates(payment)).toContainEqual(["code_made", "skipped", "over"]);
  });

  test("say that money was given back", async () => {
    const payment = await aPayment(context);
    await deliver(context, notificationBody(payment));
    expect(await sendDue()).toEqual(["paid id"]);
    await deliver(context, notificationBody(payment, { status: "REFUNDED" }));
    expect((await newestPayment(context, payment.orderId)).status).toBe("refunded");
    expect(await sendDue()).toEqual(["refunded id"]);
  });
});

describe("an e-mail that the mail server does not take", () => {
  const unreachable: SendResult = { outcome: "failed", because: "unreachable", smtpCode: undefined };

  test("waits, and is tried again with the same id", async () => {
    const payment = await aPayment(context);
    answer = unreachable;
    await sendDue();
    context.advanceClock(59);
    expect(await sendDue()).toEqual([]);
    context.advanceClock(10);
    expect(await sendDue()).toHaveLength(1);
    answer = { outcome: "sent" };
    context.advanceClock(6 * 60);
    expect(await sendDue()).toHaveLength(1);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
    expect(await listStates(payment)).toContainEqual(["code_made", "sent", null]);
  });

  test("is told to staff after an hour, until the server takes one again", async () => {
    const payment = await aPayment(context);
    await deliver(context, notificationBody(payment));
    answer = unreachable;
    const since = context.deps.now();
    await sendDue();
    const findTrouble = () =>
      findMailTrouble(database.db, { before: new Date(context.deps.now().getTime() - 3_600_000) });
    context.advanceClock(3599);
    expect(await findTrouble()).toBeUndefined();
    context.advanceClock(2);
    expect(await findTrouble()).toEqual({ since, because: "unreachable" });
    await sendDue();
    answer = { outcome: "sent" };
    await aPayment(context);
    expect(await sendDue()).toEqual(["code_made id"]);
    expect(await listStates(payment)).toContainEqual(["paid", "pending", "unreachable"]);
    expect(await findTrouble()).toBeUndefined();
  });

  test("is given up after a day", async () => {
    const payment = await aPayment(context);
    await deliver(context, notificationBody(payment));
    answer = unreachable;
    await sendDue();
    for (let tries = 2; tries <= 10; tries += 1) {
      context.advanceClock(12 * 3600);
      expect(await sendDue()).toHaveLength(1);
    }
    context.advanceClock(48 * 3600);
    expect(await sendDue()).toEqual([]);
    expect(await listStates(payment)).toContainEqual(["paid", "failed", "unreachable"]);
  });

  test("is not tried again when it was rejected", async () => {
    const payment = await aPayment(context);
    answer = { outcome: "failed", because: "rejected", smtpCode: 550 };
    await sendDue();
    context.advanceClock(600);
    expect(await sendDue()).toEqual([]);
    expect(await listStates(payment)).toContainEqual(["code_made", "failed", "rejected"]);
  });
});

describe("a process that ends while it sends", () => {
  test("leaves the e-mail to another one, which sends it with the same id", async () => {
    await aPayment(context);
    await announce();
    const leased = await lease();
    expect(await sendDue()).toEqual([]);
    context.advanceClock(emailLeaseMs / 1000 + 1);
    expect(await sendDue()).toHaveLength(1);
    expect(sent[0]?.id).toBe(leased?.id);
  });

  test("that was only slow saves nothing once another one has the e-mail", async () => {
    const payment = await aPayment(context);
    await announce();
    const slow = await lease();
    context.advanceClock(emailLeaseMs / 1000 + 1);
    const newer = await lease();
    if (!slow || !newer) throw new Error("nothing was leased");
    answer = { outcome: "failed", because: "timeout", smtpCode: undefined };
    await deliverEmail(context.deps, { write, send }, slow);
    expect(await listStates(payment)).toContainEqual(["code_made", "pending", null]);
    answer = { outcome: "sent" };
    await deliverEmail(context.deps, { write, send }, newer);
    expect(await listStates(payment)).toContainEqual(["code_made", "sent", null]);
  });
});
