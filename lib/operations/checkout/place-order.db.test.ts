import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { findOrder } from "@/db/queries/orders";
import { placeOrder } from "./place-order";
import { setupTestContext, database, context } from "@/test/setup-context";

setupTestContext();

describe("placeOrder", () => {
  test("takes prices from the database, whatever the cart says", async () => {
    const lines = [{ productId: "kopi-gayo", quantity: 2, price: 1 }];
    const placed = await placeOrder(context.deps, { checkoutKey: "k", lines });
    if (placed.outcome !== "placed") throw new Error(placed.outcome);
    expect((await findOrder(database.db, placed.orderId))?.amount).toBe(184_000);
  });

  test("finds the existing order for a checkout key that is used twice, also at the same moment", async () => {
    const place = () =>
      placeOrder(context.deps, { checkoutKey: "same", lines: [{ productId: "kopi-gayo", quantity: 1 }] });
    const placed = await Promise.all(Array.from({ length: 8 }, place));
    expect(new Set(placed.map((order) => ("orderId" in order ? order.orderId : "none"))).size).toBe(1);
    expect(placed.filter(({ outcome }) => outcome === "placed")).toHaveLength(1);
  });

  test.each([
    [[], { outcome: "empty" }],
    [[{ productId: "kopi-gayo", quantity: 0 }], { outcome: "empty" }],
    [[{ productId: "kopi-gayo", quantity: 1.5 }], { outcome: "empty" }],
    [[{ productId: "gold", quantity: 1 }], { outcome: "unknown_product", productId: "gold" }],
  ])("makes no order of a cart without products of the shop: %j", async (lines, expected) => {
    expect(await placeOrder(context.deps, { checkoutKey: randomUUID(), lines })).toEqual(expected);
  });
});
