import { randomBytes, randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { InvoiceNumber } from "@/lib/payment/invoice-number";
import { OrderId } from "@/lib/payment/order-id";
import { ChannelId } from "@/lib/payment/payment";
import { PaymentCode } from "@/lib/payment/payment-code";
import { Rupiah } from "@/lib/payment/rupiah";
import { listReusableCodes } from "./codes";
import { StaffUser } from "../staff";
import { sumUpReceipts } from "../receipts";
import { cases, orders, payments, receipts } from "@/db/schema";
import { database, setupTestDatabase } from "@/test/setup-database";

const merchant = new StaffUser("m", "Sri", "sri@example.id");
const now = new Date("2026-11-21T09:30:00Z");
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

setupTestDatabase();

let made = 0;
async function aCode(createdAt: Date, given: Partial<typeof payments.$inferInsert> = {}) {
  made += 1;
  const orderId = OrderId.parse(randomBytes(16).toString("base64url"));
  const amount = Rupiah.parse(100_000);
  await database.db.insert(orders).values({
    ...{ id: orderId, checkoutKey: orderId, amount, createdAt, updatedAt: createdAt },
    customerName: `Pelanggan ${made}`,
  });
  const payment = {
    ...{ id: randomUUID(), orderId, attempt: 1, channel: ChannelId.parse("alfa"), amount, createdAt },
    invoiceNumber: InvoiceNumber.parse(`KB-261121-${String(made).padStart(8, "0")}`),
    ...{ expiresInMinutes: 60, requestId: randomUUID(), requestPath: "/p", requestBody: "{}" },
    status: "awaiting_payment" as const,
    paymentCode: PaymentCode.parse(`0059${String(made).padStart(12, "0")}`),
    expiresAt: new Date(now.getTime() + 3_600_000),
    reusable: true,
    ...given,
  };
  await database.db.insert(payments).values(payment);
  return payment;
}

const aReceipt = (payment: { id: string; orderId: OrderId }, paidAt: Date, amount = 100_000) =>
  database.db.insert(receipts).values({
    ...{ id: randomUUID(), identity: randomUUID(), paymentId: payment.id, orderId: payment.orderId },
    ...{
      amount: Rupiah.parse(amount),
      paidAt,
      source: "notification" as const,
      identifiers: [],
      oneTime: false,
    },
    createdAt: paidAt,
  });

const list = (more: { before?: string; limit?: number } = {}) =>
  listReusableCodes(database.db, merchant, { limit: 50, ...more });

describe("listReusableCodes", () => {
  test("shows number, sum and last time of receipts, and lists no one-time code", async () => {
    await aCode(minutesAgo(5), { reusable: false });
    const unpaid = await aCode(minutesAgo(10));
    const paid = await aCode(minutesAgo(20));
    for (const minutes of [9, 3, 6]) await aReceipt(paid, minutesAgo(minutes));
    const { items } = await list();
    expect(items).toEqual([
      expect.objectContaining({ id: unpaid.id, timesPaid: 0, received: 0, lastPaidAt: null }),
      expect.objectContaining({
        ...{ id: paid.id, orderId: paid.orderId, paymentCode: paid.paymentCode, amount: 100_000 },
        ...{ timesPaid: 3, received: 300_000, lastPaidAt: minutesAgo(3), isUnderReview: false },
      }),
    ]);
    expect(await sumUpReceipts(database.db, paid.id)).toEqual({
      count: 3,
      sum: 300_000,
      last: minutesAgo(3),
    });
    expect(await sumUpReceipts(database.db, unpaid.id)).toEqual({ count: 0, sum: 0, last: null });
  });

  test("marks a code with an open case", async () => {
    const payment = await aCode(minutesAgo(1));
    await database.db.insert(cases).values({
      ...{ id: randomUUID(), kind: "amount_differs", orderId: payment.orderId, paymentId: payment.id },
      openedAt: now,
    });
    expect((await list()).items).toMatchObject([{ isUnderReview: true }]);
  });

  test("lists codes page by page, newest first, each once, also those of one moment", async () => {
    const codes = [];
    for (let at = 0; at < 7; at += 1) codes.push(await aCode(minutesAgo(at < 4 ? 10 : 20)));
    const seen: string[] = [];
    for (let before: string | undefined; ;) {
      const page = await list({ limit: 3, ...(before && { before }) });
      seen.push(...page.items.map(({ id }) => id));
      if (!page.next) break;
      before = page.next;
    }
    expect(seen.toSorted()).toEqual(codes.map(({ id }) => id).toSorted());
    expect(new Set(seen.slice(0, 4))).toEqual(new Set(codes.slice(0, 4).map(({ id }) => id)));
  });
});
