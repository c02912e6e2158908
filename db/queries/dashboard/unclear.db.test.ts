import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { listOrders } from "./orders";
import { loadTodaysSummary } from "./summary";
import { payments } from "@/db/schema";
import { createRows, listIds, merchant, minutesAgo, now } from "@/test/database/dashboard-rows";
import type { ListInput } from "@/test/database/dashboard-rows";
import { db, setupTestDatabase } from "@/test/setup-database";

setupTestDatabase();

const { anOrder, aPayment, aReceipt } = createRows(() => db);

const ids = (input: ListInput) => listIds(db, input);

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
    expect((await loadTodaysSummary(db, merchant, now)).unclear.count).toBe(2);
    expect((await ids({ only: "unclear" })).toSorted()).toEqual([expired, unanswered].toSorted());
  });

  test("are listed page by page, the last deadline first, also when one was resolved between the pages", async () => {
    const addPayment = async (days: number) => {
      const orderId = await anOrder();
      await aPayment(orderId, { expiresAt: minutesAgo(days * 24 * 60), reusable: days === 4 });
      return orderId;
    };
    const [fifth, second, fourth] = [await addPayment(6), await addPayment(3), await addPayment(5)];
    const [first, third] = [await addPayment(2), await addPayment(4)];
    const page = await listOrders(db, merchant, { only: "unclear", limit: 2, now });
    expect(page.items.map(({ id }) => id)).toEqual([first, second]);
    await db.update(payments).set({ status: "expired", closedAt: now }).where(eq(payments.orderId, second));
    const next = await listOrders(db, merchant, { only: "unclear", limit: 2, now, before: page.next });
    expect(next.items.map(({ id }) => id)).toEqual([third, fourth]);
    expect(await ids({ only: "unclear", before: next.next })).toEqual([fifth]);
  });

  test("do not include ended, superseded, or reusable and paid ones", async () => {
    const old = { expiresAt: twoDaysAgo };
    await aPayment(await anOrder(), { ...old, status: "paid", paidAt: twoDaysAgo });
    await aPayment(await anOrder(), { ...old, supersededAt: twoDaysAgo });
    const topUp = await anOrder();
    const { id } = await aPayment(topUp, { ...old, reusable: true });
    expect((await loadTodaysSummary(db, merchant, now)).unclear.count).toBe(1);
    await aReceipt(topUp, id, twoDaysAgo);
    expect((await loadTodaysSummary(db, merchant, now)).unclear.count).toBe(0);
  });
});
