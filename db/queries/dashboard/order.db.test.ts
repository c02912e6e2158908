import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { OrderId } from "@/lib/payment/order-id";
import { loadOrderForStaff } from "./order";
import { cases, notificationMatches, paymentEvents, receiptConfirmations, receipts } from "@/db/schema";
import { createRows, merchant, minutesAgo, now } from "@/test/database/dashboard-rows";
import { db, setupTestDatabase } from "@/test/setup-database";

setupTestDatabase();

const { anOrder, aPayment, aReceipt, aMessage } = createRows(() => db);

describe("an order on its page for staff", () => {
  test("has its payments, receipts, history, notifications and cases", async () => {
    const id = await anOrder();
    const first = await aPayment(id, { supersededAt: now });
    const second = await aPayment(id, { attempt: 2 });
    await aReceipt(id, first.id, now);
    const early = await aMessage({
      orderId: id,
      paymentId: first.id,
      verdict: "applied",
      receivedAt: minutesAgo(1),
    });
    const late = await aMessage({ orderId: id, paymentId: second.id, verdict: "ignored" });
    await aMessage();
    const event = { orderId: id, kind: "moved", cause: "notification", at: now } as const;
    await db.insert(paymentEvents).values([
      { ...event, id: randomUUID(), version: 3 },
      { ...event, id: randomUUID(), version: 2 },
    ]);
    const opened = { orderId: id, paymentId: first.id, openedAt: now };
    await db.insert(cases).values([
      { ...opened, id: randomUUID(), kind: "amount_differs", closedAt: now, note: "ok" },
      { ...opened, id: randomUUID(), kind: "paid_twice" },
    ]);
    const found = await loadOrderForStaff(db, merchant, id);
    expect(found?.payments.map((payment) => payment.attempt)).toEqual([2, 1]);
    expect(found?.receipts).toHaveLength(1);
    expect(found?.events.map(({ version }) => version)).toEqual([2, 3]);
    expect(found?.deliveries.map((delivery) => delivery.id)).toEqual([late, early]);
    expect(found?.cases.map(({ kind }) => kind)).toEqual(["paid_twice", "amount_differs"]);
  });

  test("shows a matched orphan with the verdict of the match", async () => {
    const id = await anOrder();
    const { id: paymentId, invoiceNumber } = await aPayment(id);
    const notificationId = await aMessage({ invoiceNumber });
    await db
      .insert(notificationMatches)
      .values({ notificationId, paymentId, verdict: "applied", reason: "paid", matchedAt: now });
    const found = await loadOrderForStaff(db, merchant, id);
    expect(found?.deliveries).toMatchObject([
      { id: notificationId, verdict: "applied", reason: "paid", matchedAt: now },
    ]);
  });

  test("shows with a receipt from a status check the notification that confirmed it", async () => {
    const id = await anOrder();
    const { id: paymentId } = await aPayment(id);
    await aReceipt(id, paymentId, now);
    const [receipt] = await db.select().from(receipts);
    await db.insert(receiptConfirmations).values({
      receiptId: receipt?.id ?? "",
      identity: randomUUID(),
      identifiers: [{ name: "AGENT_TRX_ID", value: "1246" }],
      createdAt: now,
    });
    const found = await loadOrderForStaff(db, merchant, id);
    expect(found?.receipts).toMatchObject([
      { paymentId, confirmed: { at: now, identifiers: [{ name: "AGENT_TRX_ID", value: "1246" }] } },
    ]);
  });

  test("has no notifications without a payment, and is undefined when unknown", async () => {
    expect(await loadOrderForStaff(db, merchant, await anOrder())).toMatchObject({ deliveries: [] });
    expect(await loadOrderForStaff(db, merchant, OrderId.parse("A".repeat(22)))).toBeUndefined();
  });
});
