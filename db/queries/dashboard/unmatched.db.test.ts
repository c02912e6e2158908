import { describe, expect, test } from "vitest";
import { listUnmatchedNotifications } from "./unmatched";
import { createRows, merchant, minutesAgo } from "@/test/database/dashboard-rows";
import { db, setupTestDatabase } from "@/test/setup-database";

setupTestDatabase();

const { anOrder, aPayment, aMessage } = createRows(() => db);

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
