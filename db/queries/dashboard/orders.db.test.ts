import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { OrderId } from "@/lib/payment/order-id";
import { listOrders } from "./orders";
import { cases } from "@/db/schema";
import { createRows, listIds, merchant, minutesAgo, now } from "@/test/database/dashboard-rows";
import type { ListInput } from "@/test/database/dashboard-rows";
import { db, setupTestDatabase } from "@/test/setup-database";

setupTestDatabase();

const { anOrder, aPayment } = createRows(() => db);

const ids = (input: ListInput) => listIds(db, input);

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
