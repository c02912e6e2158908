import { randomBytes, randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { InvoiceNumber } from "@/lib/payment/invoice-number";
import { OrderId } from "@/lib/payment/order-id";
import { ChannelId } from "@/lib/payment/payment";
import { PaymentCode } from "@/lib/payment/payment-code";
import { Rupiah } from "@/lib/payment/rupiah";
import { listInquiries } from "./inquiries";
import { loadOrderForStaff } from "./order";
import { recordInquiry } from "../inquiries";
import { StaffUser } from "../staff";
import { orders, payments } from "@/db/schema";
import type { inquiries } from "@/db/schema";
import { database, setupTestDatabase } from "@/test/setup-database";

const merchant = new StaffUser("m", "Sri", "sri@example.id");
const now = new Date("2026-11-21T09:30:00Z");
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

setupTestDatabase();

async function aQuestion(given: Partial<typeof inquiries.$inferInsert> = {}): Promise<string> {
  const id = randomUUID();
  await recordInquiry(database.db, {
    id,
    receivedAt: now,
    answer: "billing_not_found",
    reason: "unknown_code",
    httpStatus: 404,
    tookMs: 3,
    headers: {},
    body: Buffer.from("{}"),
    bodyDigest: "d",
    answered: "{}",
    identifiers: [],
    verifiedBy: "current",
    ...given,
  });
  return id;
}

async function aBill() {
  const orderId = OrderId.parse(randomBytes(16).toString("base64url"));
  const amount = Rupiah.parse(150_000);
  await database.db
    .insert(orders)
    .values({ id: orderId, checkoutKey: orderId, amount, createdAt: now, updatedAt: now });
  const paymentId = randomUUID();
  await database.db.insert(payments).values({
    id: paymentId,
    orderId,
    attempt: 1,
    channel: ChannelId.parse("alfa"),
    invoiceNumber: InvoiceNumber.parse("KB-261121-00000001"),
    amount,
    codeKind: "dipc",
    expiresInMinutes: 60,
    requestId: randomUUID(),
    requestPath: "",
    requestBody: "",
    status: "awaiting_payment",
    paymentCode: PaymentCode.parse("8896512345678123"),
    expiresAt: now,
    createdAt: now,
  });
  return { orderId, paymentId };
}

test("lists inquiries page by page, newest first, each once", async () => {
  const made: string[] = [];
  // Several have the same time; the id orders them.
  for (let n = 0; n < 7; n += 1) made.push(await aQuestion({ receivedAt: minutesAgo(Math.floor(n / 3)) }));
  const seen: string[] = [];
  let before: string | undefined;
  for (let pages = 0; pages < 4; pages += 1) {
    const page = await listInquiries(database.db, merchant, { before, limit: 2 });
    seen.push(...page.items.map(({ id }) => id));
    before = page.next;
    if (before === undefined) break;
  }
  expect(before).toBeUndefined();
  expect(seen.toSorted()).toEqual(made.toSorted());
  const times = await Promise.all(
    seen.map(
      async (id) =>
        (await database.db.query.inquiries.findFirst({ where: (row, { eq }) => eq(row.id, id) }))?.receivedAt,
    ),
  );
  expect(times).toEqual(times.toSorted((a, b) => Number(b) - Number(a)));
});

test("shows the newest inquiries about an order's own bills", async () => {
  const bill = await aBill();
  await aQuestion();
  const older = await aQuestion({ ...bill, receivedAt: minutesAgo(2) });
  const newer = await aQuestion({ ...bill, receivedAt: minutesAgo(1) });
  const found = await loadOrderForStaff(database.db, merchant, bill.orderId);
  expect(found?.inquiries.list.map(({ id }) => id)).toEqual([newer, older]);
  expect(found?.inquiries.areMore).toBe(false);
});

test("shows fifty inquiries of an order with more, and says that there are more", async () => {
  const bill = await aBill();
  for (let n = 0; n < 51; n += 1) await aQuestion({ ...bill, receivedAt: minutesAgo(n) });
  const found = await loadOrderForStaff(database.db, merchant, bill.orderId);
  expect([found?.inquiries.list.length, found?.inquiries.areMore]).toEqual([50, true]);
});
