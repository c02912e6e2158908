import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { InvoiceNumber } from "@/lib/payment/invoice-number";
import { OrderId } from "@/lib/payment/order-id";
import { ChannelId } from "@/lib/payment/payment";
import { PaymentCode } from "@/lib/payment/payment-code";
import { Rupiah } from "@/lib/payment/rupiah";
import { dayInJakarta, listOrders, listUnmatchedNotifications, loadTodaysSummary } from "./orders";
import { loadOrderForStaff } from "./order";
import type { Db } from "@/db/database";
import { StaffUser } from "../staff";
import {
  cases,
  notificationMatches,
  notifications,
  orders,
  paymentEvents,
  payments,
  receiptConfirmations,
  receipts,
} from "@/db/schema";
import { openTestDatabase } from "@/test/database/database";
import type { TestDatabase } from "@/test/database/database";

const merchant = new StaffUser("m", "Sri", "sri@example.id");
/** 21 November 2026, 16.30 WIB. */
const now = new Date("2026-11-21T09:30:00Z");
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

let database: TestDatabase;
let db: Db;
beforeAll(async () => {
  database = await openTestDatabase();
  db = database.db;
});
afterAll(() => database.close());
beforeEach(() => database.truncate());

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
  await db.insert(orders).values(order);
  return order.id;
}

let made = 0;
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
  await db.insert(payments).values(payment);
  return payment;
}

const aReceipt = (orderId: OrderId, paymentId: string, paidAt: Date, amount = 150_000) =>
  db.insert(receipts).values({
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
  await db
    .insert(notifications)
    .values({ id, receivedAt: now, headers: {}, bodyDigest: "d", ...orphan, ...given });
  return id;
}

const ids = async (input: Partial<Parameters<typeof listOrders>[2]>) =>
  (await listOrders(db, merchant, { limit: 50, now, ...input })).items.map(({ id }) => id);

describe("listOrders", () => {
  test("lists orders newest first, page by page, each once", async () => {
    const made: OrderId[] = [];
    // Several have the same time; the id orders them.
    for (let n = 0; n < 7; n += 1) made.push(await anOrder({ createdAt: minutesAgo(Math.floor(n / 3)) }));
    const seen: OrderId[] = [];
    let before: OrderId | undefined;
    do {
      const page = await listOrders(db, merchant, { before, limit: 3, now });
      seen.push(...page.items.map(({ id }) => id));
      before = page.next;
    } while (before);
    expect(seen).toHaveLength(7);
    expect(seen.toSorted()).toEqual(made.toSorted());
    expect(seen.slice(0, 3).toSorted()).toEqual(made.slice(0, 3).toSorted());
  });

  test("shows no payment for an order without one, or with only a superseded one", async () => {
    const bare = await anOrder();
    const left = await anOrder({ createdAt: minutesAgo(1) });
    await aPayment(left, { supersededAt: now });
    const { items } = await listOrders(db, merchant, { limit: 9, now });
    expect(items).toMatchObject([
      { id: bare, payment: null, hasSuperseded: false, openCases: [] },
      { id: left, payment: null, hasSuperseded: true },
    ]);
  });

  test("shows the paid payment, even when it was superseded", async () => {
    const id = await anOrder({ paidAt: now });
    const paid = await aPayment(id, {
      status: "paid",
      paidAt: now,
      paidLate: true,
      supersededAt: minutesAgo(5),
    });
    await aPayment(id, { attempt: 2 });
    const { items } = await listOrders(db, merchant, { limit: 9, now });
    expect(items[0]).toMatchObject({
      amount: 150_000,
      createdAt: now,
      payment: { invoiceNumber: paid.invoiceNumber, status: "paid", paidLate: true, paidAt: now },
      hasSuperseded: true,
    });
  });

  test("shows a refunded payment before a newer open one, else the newest", async () => {
    const refunded = await anOrder();
    await aPayment(refunded, { status: "refunded", closedAt: now });
    await aPayment(refunded, { attempt: 2 });
    const open = await anOrder({ createdAt: minutesAgo(1) });
    await aPayment(open, { status: "failed", failureReason: "declined", closedAt: now });
    const newest = await aPayment(open, { attempt: 2 });
    const { items } = await listOrders(db, merchant, { limit: 9, now });
    expect(items[0]?.payment).toMatchObject({ status: "refunded" });
    expect(items[1]?.payment).toMatchObject({
      status: "awaiting_payment",
      invoiceNumber: newest.invoiceNumber,
    });
  });

  test("shows the kinds of open cases only, and can list only orders with one", async () => {
    const id = await anOrder();
    const { id: paymentId } = await aPayment(id);
    await anOrder({ createdAt: minutesAgo(1) });
    const opened = { id: randomUUID(), orderId: id, paymentId, openedAt: now };
    await db.insert(cases).values([
      { ...opened, kind: "paid_twice" },
      { ...opened, id: randomUUID(), kind: "amount_differs", closedAt: now, note: "seen" },
    ]);
    expect((await listOrders(db, merchant, { limit: 9, now })).items[0]?.openCases).toEqual(["paid_twice"]);
    expect(await ids({ only: "decision" })).toEqual([id]);
  });
});

describe("searching orders", () => {
  let wanted: OrderId;
  let payment: Awaited<ReturnType<typeof aPayment>>;
  beforeEach(async () => {
    wanted = await anOrder({ customerName: "Anton O'Budiman", customerPhone: "6281234567890" });
    payment = await aPayment(wanted, {
      invoiceNumber: InvoiceNumber.parse("KB-261121-7F3K9QXD"),
      paymentCode: PaymentCode.parse("8899000000001187"),
    });
    await aPayment(await anOrder({ customerName: "Sri Wahyuni", customerPhone: "6281100000000" }));
  });

  test.each([
    ...["KB-261121-7F3K9QXD", "kb-261121-7f3", " KB-261121-7F3K9QXD "],
    ...["8899000000001187", "8899 0000 0000 1187", "8899 00"],
    ...["0812 3456 7890", "0812-3456", "+62 812-3456-7890", "6281234567890", "81234"],
    ...["anton", "ANTON BUD", "Budiman", "o'budiman"],
  ])("finds the order by %s", async (query) => expect(await ids({ query })).toEqual([wanted]));

  test("finds the order by the whole Request-Id in any letter case, or by its id", async () => {
    expect(await ids({ query: payment.requestId })).toEqual([wanted]);
    expect(await ids({ query: payment.requestId.toUpperCase() })).toEqual([wanted]);
    expect(await ids({ query: wanted })).toEqual([wanted]);
  });

  test("finds the order by the code of an old payment", async () => {
    await aPayment(wanted, {
      attempt: 2,
      paymentCode: PaymentCode.parse("7777000000001187"),
      supersededAt: now,
    });
    expect(await ids({ query: "7777 0000 0000 1187" })).toEqual([wanted]);
  });

  test.each([
    "%",
    "_",
    "\\",
    "'; drop table orders; --",
    "&|!:*",
    "nton",
    "9999",
    "()",
    "\u0000",
    "🙂",
    "a".repeat(500),
  ])("finds nothing for %j, without an error", async (query) => expect(await ids({ query })).toEqual([]));

  test("lists all orders for a search of spaces", async () =>
    expect(await ids({ query: "  " })).toHaveLength(2));
});

describe("the totals of the day", () => {
  test("count a day in Jakarta", () => {
    expect(dayInJakarta(new Date("2026-11-20T17:00:00Z"))[0].toISOString()).toBe("2026-11-20T17:00:00.000Z");
    expect(dayInJakarta(new Date("2026-11-20T16:59:59Z"))[0].toISOString()).toBe("2026-11-19T17:00:00.000Z");
  });

  test("count every receipt of today once, and none of yesterday", async () => {
    const id = await anOrder({ paidAt: now });
    const { id: paymentId } = await aPayment(id, { status: "paid", paidAt: now });
    await aReceipt(id, paymentId, now, 9_007_199_254_740_000);
    await aReceipt(id, paymentId, new Date("2026-11-20T17:00:00Z"), 991);
    await aReceipt(id, paymentId, new Date("2026-11-20T16:59:59.999Z"), 5);
    expect((await loadTodaysSummary(db, merchant, now)).paid).toEqual({
      sum: 9_007_199_254_740_991,
      count: 2,
    });
  });

  test("count what was given back today as a figure of its own, and leave what came as it was", async () => {
    const aRefund = async (amount: number, closedAt: Date) => {
      const orderId = await anOrder({ paidAt: now });
      const { id } = await aPayment(orderId, { status: "refunded", paidAt: now, closedAt });
      await aReceipt(orderId, id, now, amount);
    };
    /** Money that a person gave back on a day in Jakarta. */
    const aReturn = async (amount: number, returnedOn: string) => {
      const orderId = await anOrder();
      const { id: paymentId } = await aPayment(orderId);
      const about = { orderId, paymentId };
      const closing = {
        closedAt: now,
        note: "done",
        resolution: "returned",
        returnedOn,
        returnedHow: "transfer",
      } as const;
      const detail = { amount, cases: ["amount_differs"] };
      const event = { version: 2, kind: "needs_review", cause: "notification", detail, at: now } as const;
      await db.insert(paymentEvents).values({ ...about, ...event, id: randomUUID() });
      const opened = { kind: "amount_differs", openedAt: now } as const;
      await db.insert(cases).values({ ...about, ...opened, ...closing, id: randomUUID() });
    };
    await aRefund(50_000, now);
    await aRefund(20_000, new Date("2026-11-20T16:59:59Z"));
    // DOKU told of the refund and never of the payment: what was asked for came and went.
    await aPayment(await anOrder({ paidAt: now }), { status: "refunded", closedAt: now });
    await aReturn(30_000, "2026-11-21");
    await aReturn(40_000, "2026-11-20");
    const { paid, refunded } = await loadTodaysSummary(db, merchant, now);
    expect(refunded).toEqual({ sum: 230_000, count: 3 });
    expect(paid).toEqual({ sum: 70_000, count: 2 });
  });

  test("count as waiting only unpaid orders that can still be paid", async () => {
    await aPayment(await anOrder());
    await aPayment(await anOrder({ amount: Rupiah.parse(10_000) }), { status: "requested" });
    await aPayment(await anOrder(), { status: "expired", closedAt: now });
    await aPayment(await anOrder(), { supersededAt: now });
    await aPayment(await anOrder({ paidAt: now }));
    await anOrder();
    expect((await loadTodaysSummary(db, merchant, now)).waiting).toEqual({ sum: 160_000, count: 2 });
  });

  test("count open cases, and today's notifications without an order", async () => {
    const id = await anOrder();
    const opened = { orderId: id, openedAt: minutesAgo(9999) };
    await db.insert(cases).values([
      { ...opened, id: randomUUID(), kind: "paid_twice" },
      { ...opened, id: randomUUID(), kind: "amount_differs" },
      { ...opened, id: randomUUID(), kind: "orphan", closedAt: now, note: "done" },
    ]);
    await aMessage();
    await aMessage({ receivedAt: new Date("2026-11-20T16:00:00Z") });
    await aMessage({ verdict: "rejected", body: null, verifiedBy: null, reason: "bad_signature" });
    const { undecided, stray } = await loadTodaysSummary(db, merchant, now);
    expect(undecided).toEqual({ cases: 2, orders: 1 });
    expect(stray).toEqual({ orphans: 1, rejected: 1 });
  });
});

describe("notifications without an order", () => {
  test("are listed newest first, page by page, without those of an order", async () => {
    const id = await anOrder();
    await aMessage({ verdict: "applied", orderId: id, paymentId: (await aPayment(id)).id });
    const oldest = await aMessage({ receivedAt: minutesAgo(2), body: Buffer.from([0x7b, 0xff, 0x7d]) });
    const middle = await aMessage({
      receivedAt: minutesAgo(1),
      verdict: "rejected",
      body: null,
      verifiedBy: null,
    });
    const newest = await aMessage();
    const first = await listUnmatchedNotifications(db, merchant, { limit: 2 });
    expect(first.items.map((message) => message.id)).toEqual([newest, middle]);
    const second = await listUnmatchedNotifications(db, merchant, { limit: 2, before: first.next });
    expect(second.items.map((message) => message.id)).toEqual([oldest]);
    expect(second.next).toBeUndefined();
    expect([...(second.items[0]?.body ?? [])]).toEqual([0x7b, 0xff, 0x7d]);
  });
});

describe("payments with an unclear outcome", () => {
  const twoDaysAgo = minutesAgo(2 * 24 * 60);

  test("are counted and listed after a day", async () => {
    const [expired, unanswered, fresh] = [await anOrder(), await anOrder(), await anOrder()];
    await aPayment(expired, { expiresAt: twoDaysAgo });
    await aPayment(unanswered, {
      status: "requested",
      paymentCode: null,
      expiresAt: null,
      createdAt: twoDaysAgo,
    });
    await aPayment(fresh, { expiresAt: minutesAgo(60) });
    expect((await loadTodaysSummary(db, merchant, now)).unclear).toBe(2);
    expect((await ids({ only: "unclear" })).toSorted()).toEqual([expired, unanswered].toSorted());
  });

  test("do not include ended, superseded, or reusable and paid ones", async () => {
    const old = { expiresAt: twoDaysAgo };
    await aPayment(await anOrder(), { ...old, status: "paid", paidAt: twoDaysAgo });
    await aPayment(await anOrder(), { ...old, supersededAt: twoDaysAgo });
    const topUp = await anOrder();
    const { id } = await aPayment(topUp, { ...old, reusable: true });
    expect((await loadTodaysSummary(db, merchant, now)).unclear).toBe(1);
    await aReceipt(topUp, id, twoDaysAgo);
    expect((await loadTodaysSummary(db, merchant, now)).unclear).toBe(0);
  });
});

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
