import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { Orders } from "./orders";

const openFile = () => path.join(mkdtempSync(path.join(tmpdir(), "example-shop-")), "orders.json");
const line = { productId: "madu-hutan", name: "Madu hutan", price: 115_000, quantity: 1 };

function anOrder(file = openFile()) {
  const orders = new Orders(file);
  orders.add({ id: "A1", placedAt: "2026-11-27T05:00:00Z", lines: [line], total: 115_000 });
  return { orders, file };
}
const paid = { sessionId: "cs_1", orderId: "A1", status: "paid", version: 4 } as const;

test("the same message three times packs an order once", () => {
  const { orders } = anOrder();
  for (let time = 0; time < 3; time += 1) orders.receive("evt_1", paid);
  expect(orders.find("A1")).toMatchObject({ status: "paid", timesPacked: 1, sessionId: "cs_1" });
});

test("another message about the same payment packs it no second time", () => {
  const { orders } = anOrder();
  orders.receive("evt_1", paid);
  orders.receive("evt_2", { ...paid, version: 5 });
  expect(orders.find("A1")).toMatchObject({ timesPacked: 1, version: 5 });
});

test("an older message that comes later changes nothing", () => {
  const { orders } = anOrder();
  orders.receive("evt_2", { ...paid, status: "refunded", version: 5 });
  orders.receive("evt_1", paid);
  expect(orders.find("A1")).toMatchObject({ status: "refunded", timesPacked: 0 });
});

test("orders and seen messages outlive the process", () => {
  const { orders, file } = anOrder();
  orders.receive("evt_1", paid);
  const again = new Orders(file);
  again.receive("evt_1", paid);
  expect(again.list()).toMatchObject([{ id: "A1", timesPacked: 1 }]);
});
