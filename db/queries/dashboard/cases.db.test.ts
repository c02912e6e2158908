import { randomBytes, randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { CaseKind } from "@/lib/payment/case-kind";
import { InvoiceNumber } from "@/lib/payment/invoice-number";
import { OrderId } from "@/lib/payment/order-id";
import { ChannelId } from "@/lib/payment/payment";
import { PaymentCode } from "@/lib/payment/payment-code";
import { Rupiah } from "@/lib/payment/rupiah";
import { countOpenCases, findOrphanClosings, listOpenCases } from "./cases";
import { StaffUser } from "../staff";
import {
  cases,
  notificationMatches,
  notifications,
  orders,
  paymentEvents,
  payments,
  receipts,
} from "@/db/schema";
import { db, setupTestDatabase } from "@/test/setup-database";

const merchant = new StaffUser("m", "Sri", "sri@example.id");
const now = new Date("2026-11-21T09:30:00Z");
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

setupTestDatabase();

let made = 0;
async function aPayment() {
  made += 1;
  const orderId = OrderId.parse(randomBytes(16).toString("base64url"));
  const amount = Rupiah.parse(92_000);
  await db.insert(orders).values({
    id: orderId,
    checkoutKey: orderId,
    amount,
    customerName: "Sari",
    createdAt: now,
    updatedAt: now,
  });
  const payment = {
    id: randomUUID(),
    orderId,
    attempt: 1,
    channel: ChannelId.parse("alfa"),
    invoiceNumber: InvoiceNumber.parse(`KB-261121-${String(made).padStart(8, "0")}`),
    amount,
    expiresInMinutes: 60,
    requestId: randomUUID(),
    requestPath: "/p",
    requestBody: "{}",
    status: "awaiting_payment" as const,
    paymentCode: PaymentCode.parse("6059000000000205"),
    expiresAt: now,
    createdAt: now,
  };
  await db.insert(payments).values(payment);
  return payment;
}

async function aCase(kind: CaseKind, openedAt: Date, detail: Record<string, unknown> = {}) {
  const payment = await aPayment();
  const id = randomUUID();
  await db.insert(cases).values({ id, kind, orderId: payment.orderId, paymentId: payment.id, openedAt });
  await db.insert(paymentEvents).values({
    id: randomUUID(),
    orderId: payment.orderId,
    paymentId: payment.id,
    version: 2,
    kind: "needs_review",
    cause: "notification",
    detail: { cases: [kind], ...detail },
    at: openedAt,
  });
  return { id, payment };
}

const closed = { closedAt: now, closedBy: "sri@example.id", note: "done" };

describe("listOpenCases", () => {
  test("lists a case with its order, the amount that DOKU reported and the sum of receipts", async () => {
    const { payment } = await aCase("amount_differs", minutesAgo(3), { amount: 1000 });
    await db.insert(receipts).values({
      id: randomUUID(),
      identity: "i",
      paymentId: payment.id,
      orderId: payment.orderId,
      amount: Rupiah.parse(92_000),
      paidAt: now,
      source: "notification",
      identifiers: [],
      oneTime: false,
      createdAt: now,
    });
    const { items } = await listOpenCases(db, merchant, { limit: 9 });
    expect(items).toEqual([
      expect.objectContaining({
        kind: "amount_differs",
        orderId: payment.orderId,
        orderAmount: 92_000,
        customerName: "Sari",
        invoiceNumber: payment.invoiceNumber,
        reportedAmount: 1000,
        received: 92_000,
      }),
    ]);
  });

  test("shows no amount that DOKU did not report, nor that of another event", async () => {
    const { payment } = await aCase("amount_differs", now, { amount: null });
    await db.insert(paymentEvents).values({
      id: randomUUID(),
      orderId: payment.orderId,
      paymentId: payment.id,
      version: 3,
      kind: "moved",
      cause: "notification",
      detail: { amount: 5 },
      at: now,
    });
    const { items } = await listOpenCases(db, merchant, { limit: 9 });
    expect(items).toMatchObject([{ reportedAmount: null, received: 0 }]);
  });

  test("lists open cases, oldest first, page by page", async () => {
    const kinds = ["paid_twice", "paid_after_cancel", "amount_differs"] as const;
    // Two have the same time; the id orders them.
    const ids = [];
    for (const [place, kind] of kinds.entries())
      ids.push((await aCase(kind, minutesAgo(place === 2 ? 9 : 3))).id);
    const { payment } = await aCase("conflicting_answer", minutesAgo(60));
    await db.update(cases).set(closed).where(eq(cases.orderId, payment.orderId));
    const first = await listOpenCases(db, merchant, { limit: 2 });
    const second = await listOpenCases(db, merchant, { after: first.next, limit: 2 });
    const seen = [...first.items, ...second.items].map(({ id }) => id);
    expect(seen[0]).toBe(ids[2]);
    expect(seen.toSorted()).toEqual(ids.toSorted());
    expect(second.next).toBeUndefined();
    expect(await countOpenCases(db, merchant)).toEqual({ count: 3, isMore: false });
  });
});

async function aMessage(given: Partial<typeof notifications.$inferInsert> = {}): Promise<string> {
  const id = randomUUID();
  await db.insert(notifications).values({
    id,
    receivedAt: now,
    verdict: "orphan",
    reason: "unknown_invoice",
    headers: {},
    body: Buffer.from("{}"),
    bodyDigest: "d",
    verifiedBy: "current",
    ...given,
  });
  return id;
}

async function anOrphan(subject: string, openedAt = now) {
  const notificationId = await aMessage({ invoiceNumber: `LOST-${subject}` });
  const id = randomUUID();
  await db.insert(cases).values({ id, kind: "orphan", notificationId, subject, openedAt });
  return { id, notificationId };
}

describe("the case of an orphan", () => {
  test("is listed with the other cases, with its message", async () => {
    const young = await aCase("amount_differs", minutesAgo(1));
    const orphan = await anOrphan("a", minutesAgo(2));
    const { items } = await listOpenCases(db, merchant, { limit: 9 });
    expect(items.map(({ id }) => id)).toEqual([orphan.id, young.id]);
    expect(items).toMatchObject([
      { kind: "orphan", orderId: null, message: { id: orphan.notificationId, invoiceNumber: "LOST-a" } },
      { kind: "amount_differs", message: null },
    ]);
    expect(await countOpenCases(db, merchant)).toEqual({ count: 2, isMore: false });
  });

  test("is not listed after the orphan was matched with its order", async () => {
    const { notificationId } = await anOrphan("a");
    const { id: paymentId } = await aPayment();
    await db.insert(notificationMatches).values({
      ...{ notificationId, paymentId },
      verdict: "applied",
      reason: "paid",
      matchedAt: now,
    });
    expect((await listOpenCases(db, merchant, { limit: 9 })).items).toEqual([]);
    expect(await countOpenCases(db, merchant)).toEqual({ count: 0, isMore: false });
  });

  test("has its note after it was closed, and none before", async () => {
    const { id } = await anOrphan("a");
    await anOrphan("b");
    await db.update(cases).set(closed).where(eq(cases.id, id));
    const closings = await findOrphanClosings(db, merchant, ["a", "b", "c"]);
    expect([...closings]).toEqual([["a", { at: now, by: "sri@example.id", note: "done" }]]);
    expect(await findOrphanClosings(db, merchant, [])).toEqual(new Map());
    expect(await countOpenCases(db, merchant)).toEqual({ count: 1, isMore: false });
  });
});
