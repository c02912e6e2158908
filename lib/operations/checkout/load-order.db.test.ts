import { expect, test } from "vitest";
import { changePayment } from "../changes/change-payment";
import { startPayment } from "../payments/start-payment";
import { anOrder, codeFor, shopper } from "@/test/context";
import { context, setupTestContext } from "@/test/setup-context";
import { loadOrderDetails } from "./load-order";

setupTestContext();

const loadName = async (id: string) => {
  const read = await loadOrderDetails(context.deps, id);
  return read.outcome === "found" ? read.order.tillName : undefined;
};

test("an order is loaded with the name that the till shows, also after the merchant changes it", async () => {
  const orderId = await anOrder(context);
  expect(await loadName(orderId)).toBeUndefined();
  const contact = { ...shopper, name: "Ñandú — Dewi" };
  await startPayment(context.deps, { orderId, channel: "alfa", contact });
  expect(await loadName(orderId)).toBe("Nandu - Dewi");
  context.answers.push((request) => codeFor(request, context.deps.now()));
  const details = { name: "山田太郎", email: shopper.email, info: "" };
  const change = { orderId, kind: "details", details, actor: "staff:1" } as const;
  expect(await changePayment(context.deps, change)).toEqual({ outcome: "done" });
  expect(await loadName(orderId)).toBe("Pelanggan");
});
