import { describe, expect, test } from "vitest";
import { OrderId } from "@/lib/payment/order-id";
import type { PaymentView, ViewStatus } from "@/lib/payment/payment-view";
import { getStartedPath, toStartedKey } from "./started-payment";

const orderId = OrderId.parse("AAAAAAAAAAAAAAAAAAAAAA");
const toView = (status: ViewStatus, changeMethod: boolean) =>
  ({
    orderId,
    status,
    channel: "alfa",
    underReview: false,
    can: { changeMethod, extend: false, cancel: false },
  }) as PaymentView;

describe("a checkout form that is sent while a payment exists", () => {
  test("leads to the payment when it was sent twice", () => {
    expect(getStartedPath(toView("awaiting_payment", true), "alfa")).toBe(`/pay/${orderId}`);
  });

  test("opens the change of the method when another one was chosen", () => {
    expect(getStartedPath(toView("awaiting_payment", true), "indomaret")).toBe(
      `/pay/${orderId}?next=other#other`,
    );
  });

  test("leads to the payment when the method cannot be changed any more", () => {
    expect(getStartedPath(toView("paid", false), "indomaret")).toBe(`/pay/${orderId}`);
  });
});

test.each([
  ["unstarted", false, "code", undefined],
  ["expired", false, "code", undefined],
  ["awaiting_payment", true, "code", "code"],
  ["awaiting_payment", true, "link", "page"],
  ["preparing", true, "code", "page"],
  ["paid", false, "code", "ended"],
] as const)("toStartedKey says of %s (method can change: %s) by %s: %s", (status, can, means, key) =>
  expect(toStartedKey(toView(status, can), means)).toBe(key),
);
