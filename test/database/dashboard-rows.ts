import { randomBytes, randomUUID } from "node:crypto";
import { InvoiceNumber } from "@/lib/payment/invoice-number";
import { OrderId } from "@/lib/payment/order-id";
import { ChannelId } from "@/lib/payment/payment";
import { PaymentCode } from "@/lib/payment/payment-code";
import { Rupiah } from "@/lib/payment/rupiah";
import type { Db } from "@/db/database";
import { listOrders } from "@/db/queries/dashboard/orders";
import { StaffUser } from "@/db/queries/staff";
import { notifications, orders, payments, receipts } from "@/db/schema";

export const merchant = new StaffUser("m", "Sri", "sri@example.id");
/** 21 November 2026, 16.30 WIB. */
export const now = new Date("2026-11-21T09:30:00Z");
export const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

export type ListInput = Partial<Parameters<typeof listOrders>[2]>;

/** The ids of the orders that the dashboard lists, in its sequence. */
export const listIds = async (db: Db, input: ListInput): Promise<OrderId[]> =>
  (await listOrders(db, merchant, { limit: 50, now, ...input })).items.map(({ id }) => id);

/** Inserts what the dashboard's queries read, without the operations that would write it. */
export function createRows(getDb: () => Db) {
  let made = 0;
  async function anOrder(given: Partial<typeof orders.$inferInsert> = {}): Promise<OrderId> {
    const id = OrderId.parse(randomBytes(16).toString("base64url"));
    const order = {
      id,
      checkoutKey: id,
      amount: Rupiah.parse(150_000),
      createdAt: now,
      updatedAt: now,
      ...given,
    };
    await getDb().insert(orders).values(order);
    return order.id;
  }

  async function aPayment(orderId: OrderId, given: Partial<typeof payments.$inferInsert> = {}) {
    made += 1;
    const payment = {
      id: randomUUID(),
      orderId,
      attempt: 1,
      channel: ChannelId.parse("alfa"),
      invoiceNumber: InvoiceNumber.parse(`KB-261121-${String(made).padStart(8, "0")}`),
      amount: Rupiah.parse(150_000),
      expiresInMinutes: 60,
      requestId: randomUUID(),
      requestPath: "/p",
      requestBody: "{}",
      status: "awaiting_payment" as const,
      paymentCode: PaymentCode.parse(`6059${String(made).padStart(12, "0")}`),
      expiresAt: new Date(now.getTime() + 3_600_000),
      createdAt: now,
      ...given,
    };
    await getDb().insert(payments).values(payment);
    return payment;
  }

  const aReceipt = (orderId: OrderId, paymentId: string, paidAt: Date, amount = 150_000) =>
    getDb()
      .insert(receipts)
      .values({
        id: randomUUID(),
        identity: randomUUID(),
        paymentId,
        orderId,
        amount: Rupiah.parse(amount),
        paidAt,
        source: "notification",
        identifiers: [],
        oneTime: false,
        createdAt: now,
      });

  async function aMessage(given: Partial<typeof notifications.$inferInsert> = {}): Promise<string> {
    const id = randomUUID();
    const orphan = {
      verdict: "orphan",
      reason: "unknown_invoice",
      body: Buffer.from("{}"),
      verifiedBy: "current",
    } as const;
    await getDb()
      .insert(notifications)
      .values({ id, receivedAt: now, headers: {}, bodyDigest: "d", ...orphan, ...given });
    return id;
  }

  return { anOrder, aPayment, aReceipt, aMessage };
}
