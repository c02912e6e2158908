import { createTranslator } from "next-intl";
import { describe, expect, test } from "vitest";
import id from "@/messages/id.json";
import { OrderId } from "@/lib/payment/order-id";
import { toPaymentView } from "@/lib/payment/payment-view";
import type { PaymentView, ViewedChange } from "@/lib/payment/payment-view";
import { Rupiah } from "@/lib/payment/rupiah";
import { describeChange } from "@/components/payment/describe-change";
import { toHeadline } from "@/components/payment/headline";

const t = createTranslator({ locale: "id", messages: id, namespace: "payment.live" });
const labels = id.payment.live;
const code = { name: "Alfamart", means: "code" } as const;
const order = { id: OrderId.parse("AAAAAAAAAAAAAAAAAAAAAA"), version: 1, amount: Rupiah.parse(1000) };
const blank = toPaymentView(
  {
    ...order,
    paidAt: undefined,
    payment: undefined,
    underReview: false,
    received: undefined,
    returned: false,
  },
  new Date(0),
);
const waiting = (change: ViewedChange, more: Partial<PaymentView> = {}): PaymentView => ({
  ...blank,
  status: "awaiting_payment",
  change,
  ...more,
});

describe("describeChange", () => {
  test.each([
    ["asked", labels.extend.asked],
    ["done", labels.extend.done],
    ["refused", labels.extend.refused],
  ] as const)("describes an extension that is %s", (status, text) => {
    expect(describeChange(waiting({ kind: "extend", status }), t)).toBe(text);
  });

  test("says that the code can still be paid after DOKU refused a cancel", () => {
    expect(describeChange(waiting({ kind: "cancel", status: "refused" }), t)).toBe(labels.cancel.refused);
  });

  test("says nothing while a cancel is open, because the headline replaces the code", () => {
    const view = waiting({ kind: "cancel", status: "asked" });
    expect(describeChange(view, t)).toBeUndefined();
    expect(toHeadline(view, code, t).title).toBe(labels.cancelling.title);
  });

  test("says nothing while money is under review", () => {
    const view = waiting({ kind: "cancel", status: "refused" }, { underReview: true });
    expect(describeChange(view, t)).toBeUndefined();
  });
});

test("the headline of a slow code says after 20 seconds what else the shopper can do", () => {
  const preparing = (preparingFor: number) =>
    toHeadline({ ...blank, status: "preparing", preparingFor }, code, t).money;
  expect(preparing(19)).toBe(labels.preparing.safe);
  expect(preparing(20)).toBe(labels.preparing.long);
});
