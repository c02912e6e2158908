import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { Rupiah } from "@/lib/payment/rupiah";
import { countOpenCases } from "./cases";
import { dayInJakarta, loadTodaysSummary } from "./summary";
import { cases, paymentEvents } from "@/db/schema";
import { createRows, merchant, minutesAgo, now } from "@/test/database/dashboard-rows";
import { db, setupTestDatabase } from "@/test/setup-database";

setupTestDatabase();

const { anOrder, aPayment, aReceipt, aMessage } = createRows(() => db);

const exactly = (count: number) => ({ count, isMore: false });

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
    await aPayment(await anOrder(), { reusable: true });
    await anOrder();
    expect((await loadTodaysSummary(db, merchant, now)).waiting).toEqual({ sum: 160_000, count: exactly(2) });
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
    expect(undecided).toEqual({ cases: exactly(2), orders: exactly(1) });
    expect(stray).toEqual({ orphans: exactly(1), rejected: exactly(1) });
  });

  test("stop counting at a thousand, and say that there are more", async () => {
    const before = minutesAgo(2 * 24 * 60).toISOString();
    const many = (count: number) => sql`generate_series(1, ${count}) as n`;
    await db.execute(sql`insert into orders (id, checkout_key, amount, created_at, updated_at)
      select 'waiting' || n, 'waiting' || n, 1000, ${before}, ${before} from ${many(1001)}`);
    await db.execute(sql`insert into payments (id, order_id, attempt, channel, invoice_number, amount,
        expires_in_minutes, request_id, request_path, request_body, status, created_at)
      select gen_random_uuid(), 'waiting' || n, 1, 'alfa', 'W-' || n, 1000, 60, 'w' || n, '', '', 'requested', ${before}
      from ${many(1001)}`);
    await db.execute(sql`insert into cases (id, kind, order_id, opened_at)
      select gen_random_uuid(), 'paid_twice', 'waiting' || n, ${before} from ${many(1001)}`);
    await db.execute(sql`insert into notifications (id, received_at, verdict, reason, headers, body, body_digest, verified_by)
      select gen_random_uuid(), ${now.toISOString()}, 'orphan', 'unknown_invoice', '{}', '', 'd', 'current' from ${many(1000)}`);
    const more = { count: 1000, isMore: true };
    expect(await loadTodaysSummary(db, merchant, now)).toMatchObject({
      waiting: { sum: 1_000_000, count: more },
      unclear: more,
      undecided: { cases: more, orders: more },
      stray: { orphans: { count: 1000, isMore: false } },
    });
    expect(await countOpenCases(db, merchant)).toEqual(more);
  });
});
