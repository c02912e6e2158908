import { describe, expect, test, vi } from "vitest";
import { connectDatabase } from "@/db/client";
import { onPostgres } from "@/test/database/database";
import { OrderId } from "@/lib/payment/order-id";
import { startLive } from "./live";
import { database, setupTestDatabase } from "@/test/setup-database";

const order = OrderId.parse("A".repeat(22));
const another = OrderId.parse("B".repeat(22));
setupTestDatabase({ keepsRows: true });

describe("publishOrderChanged", () => {
  test("reaches subscribers of that order and of all orders, and no others", async () => {
    const live = await startLive(database.database);
    const [one, all, other] = [vi.fn(), vi.fn(), vi.fn()];
    live.subscribe(order, one);
    live.subscribe("all", all);
    live.subscribe(another, other);
    live.publishOrderChanged(order);
    expect([one, all, other].map((listener) => listener.mock.calls.length)).toEqual([1, 1, 0]);
  });

  test("does not reach a listener that has unsubscribed", async () => {
    const live = await startLive(database.database);
    const listener = vi.fn();
    live.subscribe(order, listener)();
    live.publishOrderChanged(order);
    expect(listener).not.toHaveBeenCalled();
  });

  test("reaches its own process once, and not again by way of the database", async () => {
    const live = await startLive(database.database);
    // No other test's, whose messages may still be on their way.
    const [changed, later] = [OrderId.parse("D".repeat(22)), OrderId.parse("E".repeat(22))];
    const [one, other] = [vi.fn(), vi.fn()];
    live.subscribe(changed, one);
    live.subscribe(later, other);
    live.publishOrderChanged(changed);
    // What an older release sends names no sender; it comes after the message about the first order.
    await new Promise((done) => setTimeout(done, 100));
    await database.database.notify("orders_changed", later);
    await vi.waitFor(() => expect(other).toHaveBeenCalledTimes(1));
    expect(one).toHaveBeenCalledTimes(1);
  });

  test.runIf(onPostgres)("reaches another process, and sends many changes in few messages", async () => {
    const elsewhere = await connectDatabase({ databaseUrl: database.url, embeddedDirectory: "unused" });
    try {
      const [here, there] = [await startLive(database.database), await startLive(elsewhere)];
      const received = new Set<string>();
      const ids = Array.from({ length: 700 }, (_, at) => OrderId.parse(String(at).padStart(22, "C")));
      for (const id of ids) there.subscribe(id, () => received.add(id));
      for (const id of ids) here.publishOrderChanged(id);
      await vi.waitFor(() => expect(received.size).toBe(700), { timeout: 60_000 });
    } finally {
      await elsewhere.close();
    }
  });
});
